// @vitest-environment jsdom
import { screen } from "@testing-library/react"
import type { InvitationShown } from "@vibecaas/contract/kinds/people"
import { beforeEach, expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { at } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { JoinScreen } from "./join-screen.tsx"

const token = `vci_${"a".repeat(43)}`
const invitation: InvitationShown = {
  ...{ organization: "Halden Works", project: null, role: "developer", level: null, email: null },
  ...{ invitedBy: "Nora", state: "pending", expiresAt: at },
}

beforeEach(() => {
  sessionStorage.clear()
  window.location.hash = `#${token}`
})

function show(shown: InvitationShown | Refused, more: FakeHandlers = {}) {
  const api = fakeApi({
    "GET /platform": () => ({
      ...{ version: "0", signup: "open", baseDomain: "localhost", simulated: [] },
      isolation: { label: "none", weak: false, reaches: [] },
    }),
    "GET /me": () => mara(),
    "POST /invitations/look": () => shown,
    ...more,
  })
  return { ...draw(<JoinScreen />), api }
}

test("who is signed in is shown as whom they join, and the token leaves the address", async () => {
  const { api } = show(invitation)
  await screen.findByRole("button", { name: "Join as mara@example.com" })
  screen.getByRole("heading", { name: "Join Halden Works" })
  expect(window.location.hash).toBe("")
  expect(api.sent("POST")).toEqual([expect.objectContaining({ body: { token } })])
})

test("who is not signed in makes an account or signs in, and comes back", async () => {
  show(invitation, { "GET /me": () => new Refused({ status: 401, detail: "Sign in first." }) })
  const make = await screen.findByRole("link", { name: "Create an account" })
  expect(make.getAttribute("href")).toBe("/sign-up?next=%2Fjoin")
  expect(sessionStorage.getItem("vibecaas.invitation")).toBe(token)
})

test("an invitation for another address is not accepted by mistake", async () => {
  show({ ...invitation, email: "noa@example.com" })
  await screen.findByText(/This invitation is for noa@example.com/)
  expect(screen.queryByRole("button", { name: /^Join/ })).toBeNull()
})

test("a link that opens nothing, and one without its end, say so", async () => {
  show(new Refused({ status: 404, detail: "This link opens nothing." }))
  await screen.findByText("This link opens nothing.")
})

test("an invitation to a project says what a guest can do there", async () => {
  show({ ...invitation, project: "Tulips", role: null, level: "edit" })
  await screen.findByRole("heading", { name: "Join Tulips" })
  screen.getByText(/Also changes files and asks agents/)
})
