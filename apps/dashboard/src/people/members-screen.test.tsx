// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Invitation } from "@vibecaas/contract/kinds/people"
import type { Member } from "@vibecaas/contract/member"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { MembersScreen } from "./members-screen.tsx"
// Loaded by the page when they are wanted; here before the first test, whose time it would take.
import "./invite-dialog.tsx"
import "./link-dialog.tsx"
import "./remove-dialog.tsx"

const me = mara()

function member(given: Partial<Member> = {}): Member {
  return {
    ...{ userId: me.id, name: "Mara Halden", email: "mara@example.com", role: "owner" },
    ...{ joinedAt: at, keys: 0, secondStep: false },
    ...given,
  }
}
const ines = member({
  userId: "ines",
  name: "Ines",
  email: "ines@example.com",
  role: "viewer",
  keys: 2,
})

function invitation(given: Partial<Invitation> = {}): Invitation {
  return {
    ...{ id: id("inv", 1), email: "noa@example.com", role: "developer", project: null },
    ...{ state: "pending", invitedBy: "Mara", createdAt: at, expiresAt: at },
    ...given,
  }
}
const link = "http://localhost:3000/join#vci_secret"

function show(members: Member[], more: FakeHandlers = {}, who = me) {
  const api = fakeApi({
    "GET /me": () => who,
    "GET /platform": () => ({
      ...{ version: "0", signup: "open", baseDomain: "localhost" },
      isolation: { label: "none", weak: false, reaches: [] },
      simulated: [{ part: "mail", sentence: "mail: goes nowhere" }],
    }),
    "GET /organizations/{organizationId}/members": () => ({ items: members }),
    "GET /organizations/{organizationId}/invitations": () => ({ items: [] }),
    ...more,
  })
  return { ...draw(<MembersScreen />, { me: who, at: "/settings/members" }), api }
}

test("the last owner can neither be changed nor removed, and it is said why", async () => {
  show([member(), ines])
  const rows = within(await screen.findByRole("table", { name: "Members" }))
  const role = rows.getByRole("combobox", { name: "Role of Mara Halden" })
  expect(role.getAttribute("title")).toMatch(/needs an owner/)
  rows.getByRole("button", { name: "Remove Mara Halden", description: /Leave the organization/ })
})

test("a role is changed where it stands, and what refused it is told", async () => {
  const { api, user } = show([member(), ines], {
    "PATCH /organizations/{organizationId}/members/{userId}": () =>
      new Refused({ status: 403, detail: "Only owners can do that." }),
  })
  await user.click(await screen.findByRole("combobox", { name: "Role of Ines" }))
  await user.click(await screen.findByRole("option", { name: "Admin" }))
  await screen.findByText("Only owners can do that.")
  expect(api.sent("PATCH")).toMatchObject([{ params: { userId: "ines" }, body: { role: "admin" } }])
})

test("who removes somebody is told what ends with it first", async () => {
  const { api, user } = show([member(), ines], {
    "DELETE /organizations/{organizationId}/members/{userId}": () => undefined as never,
  })
  await user.click(await screen.findByRole("button", { name: "Remove Ines" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Remove Ines?" }))
  dialog.getByText(/the secret of 2 API keys/)
  expect(api.sent("DELETE")).toEqual([])
  await user.click(dialog.getByRole("button", { name: "Remove" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("DELETE")).toMatchObject([{ params: { userId: "ines" } }])
})

test("somebody is invited by mail; without a mail server the link is said to be the only way", async () => {
  const { api, user } = show([member()], {
    "POST /organizations/{organizationId}/invitations": () => ({
      ...{ invitation: invitation(), link, mailed: true },
    }),
  })
  await user.click(await screen.findByRole("button", { name: "Invite" }))
  const dialog = within(await screen.findByRole("dialog"))
  await user.type(dialog.getByLabelText("Email"), "noa{Enter}")
  await dialog.findByText(/Enter an address/)
  await user.type(dialog.getByLabelText("Email"), "@example.com{Enter}")
  await dialog.findByText(link)
  dialog.getByText(/No mail server is set up/)
  expect(api.sent("POST")).toMatchObject([
    { body: { email: "noa@example.com", role: "developer", days: 7 } },
  ])
})

test("a link needs no address, and says that it works once", async () => {
  const { api, user } = show([member()], {
    "POST /organizations/{organizationId}/invitations": () => ({
      ...{ invitation: invitation({ email: null }), link, mailed: false },
    }),
  })
  await user.click(await screen.findByRole("button", { name: "Invite" }))
  const dialog = within(await screen.findByRole("dialog"))
  await user.click(dialog.getByRole("radio", { name: "By link" }))
  dialog.getByText(/It works once/)
  await user.click(dialog.getByRole("button", { name: "Make link" }))
  await dialog.findByText(link)
  expect(api.sent("POST")).toMatchObject([{ body: { email: null } }])
})

test("an open invitation is sent again with a new link, or revoked", async () => {
  const { api, user } = show([member()], {
    "GET /organizations/{organizationId}/invitations": () => ({
      items: [invitation({ state: "expired" })],
    }),
    "POST /invitations/{invitationId}/resend": () => ({
      ...{ invitation: invitation(), link, mailed: true },
    }),
    "DELETE /invitations/{invitationId}": () => undefined as never,
  })
  const rows = within(await screen.findByRole("table", { name: "Open invitations" }))
  rows.getByText("Expired")
  await user.click(rows.getByRole("button", { name: "Send to noa@example.com again" }))
  const dialog = within(await screen.findByRole("dialog"))
  await user.click(dialog.getByRole("button", { name: "Done" }))
  await user.click(
    await screen.findByRole("button", { name: "Revoke the invitation of noa@example.com" }),
  )
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(1))
})

test("the matrix of the contract is shown when it is asked for", async () => {
  const { user } = show([member()], {
    "GET /organizations/{organizationId}/roles": () => ({
      items: [
        { permission: "project:delete", calls: ["Delete a project"], roles: ["owner", "admin"] },
      ],
    }),
  })
  await user.click(await screen.findByRole("button", { name: "Show all permissions" }))
  const table = within(await screen.findByRole("table", { name: "Permissions of roles" }))
  table.getByText("project:delete")
  expect(table.getAllByText("yes")).toHaveLength(2)
  expect(table.getAllByText("no")).toHaveLength(2)
})

test("a viewer sees members, changes none, and is not shown invitations", async () => {
  const halden = organization("Halden", "viewer")
  const { api } = show([member(), ines], {}, { ...me, organizations: [halden] })
  await screen.findByRole("table", { name: "Members" })
  screen.getByRole("button", { name: "Invite", description: /^Your role is viewer/ })
  expect(screen.queryByText("Open invitations")).toBeNull()
  expect(api.calls.map(({ route }) => route)).not.toContain(
    "GET /organizations/{organizationId}/invitations",
  )
})
