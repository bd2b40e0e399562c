// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
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
  await waitFor(() => expect(api.calls).toHaveLength(1))
  expect(api.calls[0]?.input).toMatchObject({ body: { name: "Halden Works" } })
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
  expect(api.calls).toEqual([])
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
  expect(api.calls).toHaveLength(1)
})

test("an administrator puts any organization on another plan, by its id", async () => {
  const api = fakeApi({
    "GET /me": () => mara(),
    "PUT /organizations/{organizationId}/plan": ({ body }) => ({ plan: body.plan, quotas: [] }),
  })
  const { user } = draw(<SettingsScreen />, { me: { ...mara(), platformAdmin: true } })
  const id = panel("Plans").getByLabelText("Organization")
  await user.clear(id)
  await user.type(id, "somebody{Enter}")
  await panel("Plans").findByText("This is not an organization's id.")
  await user.clear(id)
  await user.type(id, "org_01k9x3v8hde8r8z6h3gk5c2v9w")
  await user.click(panel("Plans").getByRole("combobox", { name: "Plan" }))
  await user.click(await screen.findByRole("option", { name: "Pro" }))
  await user.click(panel("Plans").getByRole("button", { name: "Change plan" }))
  await screen.findByText("The plan is Pro now")
  expect(api.calls[0]?.input).toMatchObject({
    params: { organizationId: "org_01k9x3v8hde8r8z6h3gk5c2v9w" },
    body: { plan: "pro" },
  })
})
