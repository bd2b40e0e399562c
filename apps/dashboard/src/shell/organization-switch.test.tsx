// @vitest-environment jsdom
import { screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { mara, organization } from "../testing/people.ts"
import { OrganizationMenu } from "./organization-menu.tsx"
import { OrganizationSwitch } from "./organization-switch.tsx"

test("who belongs to one organization sees its name, and no switch", () => {
  draw(<OrganizationSwitch />)
  screen.getByText("Mara Halden")
  expect(screen.queryByRole("button")).toBeNull()
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
