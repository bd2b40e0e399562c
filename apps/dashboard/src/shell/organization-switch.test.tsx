// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
import { OrganizationMenu } from "./organization-menu.tsx"
// Loaded when it is wanted; here before the first test, whose time it would take.
import "../tenants/new-organization-dialog.tsx"
import { OrganizationSwitch } from "./organization-switch.tsx"

test("who belongs to one organization makes another one in the switch, and is led to it", async () => {
  const me = mara()
  const made = organization("Halden Works", "owner")
  const api = fakeApi({ "GET /me": () => mara([made]), "POST /organizations": () => made })
  const { user, visited } = draw(<OrganizationMenu />, { me })
  await user.click(await screen.findByRole("menuitem", { name: "New organization" }))
  const dialog = within(await screen.findByRole("dialog", { name: "New organization" }))
  await user.type(dialog.getByLabelText("Name"), "H{Enter}")
  await dialog.findByText(/Use at least 2 characters/)
  await user.type(dialog.getByLabelText("Name"), "alden Works{Enter}")
  await waitFor(() => expect(visited).toEqual(["/o/halden-works/projects"]))
  expect(api.sent("POST")).toMatchObject([{ body: { name: "Halden Works" } }])
})

test("the corner is a button that opens the list", async () => {
  const { user } = draw(<OrganizationSwitch />)
  await user.click(screen.getByRole("button", { name: /^Organization: ?Mara Halden/ }))
  await screen.findByRole("menuitemradio", { name: /Mara Halden/ })
})

test("the switch says which organization is open, and leads to the projects of another", async () => {
  const halden = organization("Halden Works", "admin")
  const { user, visited } = draw(<OrganizationMenu />, { me: mara([halden]), open: halden.slug })
  const open = await screen.findByRole("menuitemradio", { name: /Halden Works/ })
  expect(open.getAttribute("aria-checked")).toBe("true")
  screen.getByRole("button", { name: /^Organization: ?Halden Works/, hidden: true })
  await user.click(screen.getByRole("menuitemradio", { name: /Mara Halden/ }))
  expect(visited).toEqual(["/o/mara-halden/projects"])
})
