// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
// Loaded when they are wanted; here before the first test, whose time it would take.
import "../form/confirm-dialog.tsx"
import "../form/delete-dialog.tsx"
import { SettingsScreen } from "./settings-screen.tsx"

const panel = (name: string) => within(screen.getByRole("region", { name }))

test("the organization is renamed from the version that was read, and who is signed in is read again", async () => {
  const me = mara()
  const [own] = me.organizations
  const api = fakeApi({
    "GET /me": () => me,
    "PATCH /organizations/{organizationId}": ({ body }) => ({
      ...(own as NonNullable<typeof own>), // everybody has one
      name: body.name,
    }),
  })
  const { user } = draw(<SettingsScreen />, { me })
  const name = panel("Organization").getByLabelText("Organization name")
  const rename = () => panel("Organization").getByRole("button", { name: "Rename organization" })
  expect(rename().getAttribute("aria-disabled")).toBe("true")
  await user.clear(name)
  await user.type(name, "Halden Works{Enter}")
  await waitFor(() => expect(api.sent("PATCH")).toHaveLength(1))
  expect(api.sent("PATCH")[0]).toMatchObject({ body: { name: "Halden Works" } })
})

test("a name that somebody changed meanwhile is kept in the field with what to do", async () => {
  fakeApi({
    "PATCH /organizations/{organizationId}": () => new Refused({ status: 412, detail: "Version." }),
  })
  const { user } = draw(<SettingsScreen />)
  const name = panel("Organization").getByLabelText<HTMLInputElement>("Organization name")
  await user.type(name, " & Co{Enter}")
  await screen.findByText("Somebody changed the organization meanwhile. Look at it and try again.")
  expect(name.value).toBe("Mara Halden & Co")
})

test("a viewer reads why the organization cannot be renamed", () => {
  const halden = organization("Halden Works", "viewer")
  draw(<SettingsScreen />, { me: mara([halden]), open: halden.slug })
  panel("Organization").getByRole("button", {
    name: "Rename organization",
    description: /^Your role is viewer/,
  })
})

test("a new password is judged like the contract says, before anything is sent", async () => {
  const api = fakeApi({})
  const { user } = draw(<SettingsScreen />)
  await user.type(panel("Password").getByLabelText("New password"), "short{Enter}")
  await panel("Password").findByText("Use at least 10 characters.")
  panel("Password").getByText("Enter your current password.")
  expect(document.activeElement).toBe(panel("Password").getByLabelText("Current password"))
  expect(api.sent("POST")).toEqual([])
})

test("a password that was changed stays in no field", async () => {
  const me = mara()
  const api = fakeApi({
    "POST /auth/change-password": () => ({ user: { id: me.id, name: me.name, email: me.email } }),
  })
  const { user } = draw(<SettingsScreen />)
  const field = (name: string) => panel("Password").getByLabelText<HTMLInputElement>(name)
  await user.type(field("Current password"), "the-old-one-here")
  await user.type(field("New password"), "the-new-one-here{Enter}")
  await screen.findByText("Password changed")
  expect([field("Current password").value, field("New password").value]).toEqual(["", ""])
  expect(api.sent("POST")).toHaveLength(1)
})

test("an organization is left once that was asked, and why not is said", async () => {
  const halden = organization("Halden Works", "owner")
  const api = fakeApi({
    "POST /organizations/{organizationId}/leave": () =>
      new Refused({ status: 409, detail: "There is no other owner." }),
  })
  const { user } = draw(<SettingsScreen />, { me: mara([halden]), open: halden.slug })
  await user.click(screen.getByRole("button", { name: "Leave organization" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Leave Halden Works?" }))
  expect(api.sent("POST")).toEqual([])
  await user.click(dialog.getByRole("button", { name: "Leave" }))
  await dialog.findByText("There is no other owner.")
})

test("an organization is deleted once its name is typed", async () => {
  const halden = organization("Halden Works", "owner")
  const api = fakeApi({
    "GET /me": () => mara([halden]),
    "DELETE /organizations/{organizationId}": () => ({ ...halden, state: "deleting" }),
  })
  const { user } = draw(<SettingsScreen />, { me: mara([halden]), open: halden.slug })
  await user.click(screen.getByRole("button", { name: "Delete organization" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Delete Halden Works?" }))
  await user.type(dialog.getByRole("textbox"), "Halden Works{Enter}")
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(1))
  expect(api.sent("DELETE")).toMatchObject([{ body: { name: "Halden Works" } }])
})

test("one's personal organization goes with the account, and has no such buttons", () => {
  draw(<SettingsScreen />)
  panel("Leave or delete").getByText(/It goes with your account/)
  expect(screen.queryByRole("button", { name: "Delete organization" })).toBeNull()
})
