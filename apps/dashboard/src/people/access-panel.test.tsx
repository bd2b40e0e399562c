// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { ProjectAccess } from "@vibecaas/contract/kinds/people"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { AccessPanel } from "./access-panel.tsx"
import { AskAccess } from "./ask-access.tsx"

const tulips = project({ name: "Tulips" })
const nobody: ProjectAccess = {
  ...{ audience: "organization", people: [], invitations: [], requests: [] },
}
const noa = {
  userId: "noa",
  name: "Noa",
  email: "noa@example.com",
  level: "see",
  guest: true,
} as const

function show(access: ProjectAccess, more: FakeHandlers = {}, me = mara()) {
  const api = fakeApi({
    "GET /projects/{projectId}/access": () => access,
    "GET /projects": () => ({ items: [], nextCursor: null }),
    ...more,
  })
  return { ...draw(<AccessPanel project={tulips} />, { me }), api }
}

test("a project is shared with an address; who is outside is invited", async () => {
  const invited: ProjectAccess["invitations"][number] = {
    ...{ id: id("inv", 1), email: "noa@example.com", role: null, state: "pending" },
    project: { id: tulips.id, name: "Tulips", level: "edit" },
    ...{ invitedBy: "Mara", createdAt: at, expiresAt: at },
  }
  const { api, user } = show(nobody, {
    "POST /projects/{projectId}/access/people": () => ({ ...nobody, invitations: [invited] }),
  })
  await user.type(await screen.findByLabelText("Share with"), "noa@example.com")
  await user.click(screen.getByRole("combobox", { name: "What they can do" }))
  await user.click(await screen.findByRole("option", { name: "Can edit" }))
  await user.click(screen.getByRole("button", { name: "Share" }))
  await screen.findByText("noa@example.com is invited")
  expect(api.sent("POST")).toMatchObject([{ body: { email: "noa@example.com", level: "edit" } }])
})

test("where mail is a stand-in, who shares gets the link to give away", async () => {
  const invited: ProjectAccess["invitations"][number] = {
    ...{ id: id("inv", 1), email: "noa@example.com", role: null, state: "pending" },
    project: { id: tulips.id, name: "Tulips", level: "see" },
    ...{ invitedBy: "Mara", createdAt: at, expiresAt: at },
  }
  const link = "https://vibe.example/join#vci_1"
  const { user } = show(nobody, {
    "GET /platform": () => ({
      ...{ version: "0", signup: "open" as const, baseDomain: "localhost" },
      isolation: { label: "none", weak: false, reaches: [] },
      simulated: [{ part: "mail", sentence: "mail: goes nowhere" }],
    }),
    "POST /projects/{projectId}/access/people": () => ({ ...nobody, invitations: [invited] }),
    "POST /invitations/{invitationId}/resend": () => ({ invitation: invited, link, mailed: true }),
  })
  await user.type(await screen.findByLabelText("Share with"), "noa@example.com")
  await user.click(screen.getByRole("button", { name: "Share" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Link of the invitation" }))
  dialog.getByText(link)
})

test("what a guest can do is changed and ended", async () => {
  const { api, user } = show(
    { ...nobody, people: [noa] },
    {
      "PATCH /projects/{projectId}/access/people/{userId}": () => nobody,
      "DELETE /projects/{projectId}/access/people/{userId}": () => nobody,
    },
  )
  const rows = within(await screen.findByRole("table", { name: "Shared with" }))
  rows.getByText("(guest)")
  await user.click(rows.getByRole("combobox", { name: "What Noa can do" }))
  await user.click(await screen.findByRole("option", { name: "Can deploy" }))
  await waitFor(() => expect(api.sent("PATCH")).toMatchObject([{ body: { level: "deploy" } }]))
  await user.click(rows.getByRole("button", { name: "End access of Noa" }))
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(1))
})

test("a request is answered where it stands", async () => {
  const request = { id: id("acr", 1), ...noa, note: "For Monday", createdAt: at }
  const { api, user } = show(
    { ...nobody, audience: "listed", requests: [request] },
    { "POST /projects/{projectId}/access/requests/{requestId}/answer": () => nobody },
  )
  await screen.findByText("“For Monday”")
  await user.click(screen.getByRole("button", { name: "Let Noa see the project" }))
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ body: { level: "see" } }]))
})

test("a project is kept to who is named by one switch", async () => {
  const { api, user } = show(nobody, {
    "PUT /projects/{projectId}/access": () => ({ ...nobody, audience: "listed" }),
  })
  await user.click(await screen.findByRole("switch", { name: "All of the organization" }))
  await waitFor(() => expect(api.sent("PUT")).toMatchObject([{ body: { audience: "listed" } }]))
})

test("who may not share is told whom to ask, and nothing is read", () => {
  const halden = organization("Halden", "developer")
  const { api } = show(nobody, {}, { ...mara(), organizations: [halden] })
  screen.getByText(/to share this project, ask an owner/)
  expect(api.calls).toEqual([])
})

test("who does not see a project asks for it, and is told that owners know", async () => {
  const api = fakeApi({
    "POST /projects/{projectId}/access/requests": () => ({ asked: true }),
  })
  const { user } = draw(<AskAccess projectId={tulips.id} />)
  await user.type(screen.getByLabelText("What you need it for"), "For Monday{Enter}")
  await screen.findByText("You asked for access")
  expect(api.sent("POST")).toMatchObject([{ body: { note: "For Monday" } }])
})
