// @vitest-environment jsdom
import { screen, within } from "@testing-library/react"
import type { PlatformPersonDetail } from "@vibecaas/contract/kinds/administration"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { PeopleScreen } from "./people-screen.tsx"
// Loaded by the page when it is wanted; here before the first test, whose time it would take.
import "./person-dialog.tsx"

const me = { ...mara(), platformAdmin: true }

function person(given: Partial<PlatformPersonDetail> = {}): PlatformPersonDetail {
  return {
    ...{ id: "usr_ines", name: "Ines Bell", email: "ines@example.com", createdAt: at },
    ...{ lastSeenAt: at, sessions: 1, organizations: 1, platformAdmin: false, disabled: null },
    memberOf: [{ id: id("org", 1), name: "Halden Works", slug: "halden", role: "admin" }],
    signedIn: [
      {
        ...{ id: "s1", ip: "203.0.113.9", userAgent: null, impersonatedBy: null },
        ...{ createdAt: at, expiresAt: at },
      },
    ],
    ...given,
  }
}

function show(shown: PlatformPersonDetail, more: FakeHandlers = {}, as = me) {
  const api = fakeApi({
    "GET /platform/people": ({ query }) =>
      page([shown].filter(({ name }) => name.includes(query.search ?? ""))),
    "GET /platform/people/{userId}": () => shown,
    ...more,
  })
  return { ...draw(<PeopleScreen />, { me: as, at: "/platform/people" }), api }
}

async function open(user: ReturnType<typeof show>["user"]) {
  await user.click(await screen.findByRole("button", { name: "Manage Ines Bell" }))
  const dialog = within(await screen.findByRole("dialog"))
  await dialog.findByText("Halden Works")
  return dialog
}

test("people are found, and one of them is shown with where they belong and are signed in", async () => {
  const { user } = show(person())
  await user.type(await screen.findByLabelText("Find by name or address"), "Nobody")
  await screen.findByText("Nobody matches")
  await user.click(screen.getByRole("button", { name: "Show everybody" }))
  const dialog = await open(user)
  dialog.getByText(/from 203.0.113.9/)
})

test("somebody is disabled with a reason, and what it takes along is said before", async () => {
  const disabled = { at, byName: "Mara Halden", reason: "Sends spam" }
  const { user, api } = show(person(), {
    "POST /platform/people/{userId}/disable": () => person({ disabled }),
  })
  const dialog = await open(user)
  await user.click(dialog.getByRole("button", { name: "Disable" }))
  dialog.getByText(/API keys whose secret they were told/)
  await user.click(dialog.getByRole("button", { name: "Disable" }))
  await dialog.findByText("Say why, in a few words.")
  await user.type(dialog.getByLabelText("Why?"), "Sends spam")
  await user.click(dialog.getByRole("button", { name: "Disable" }))
  await dialog.findByText("Halden Works")
  expect(api.sent("POST")).toMatchObject([{ body: { reason: "Sends spam" } }])
})

test("nobody looks as an administrator or shuts themselves out", async () => {
  const { user } = show(person({ platformAdmin: true, id: me.id }))
  const dialog = await open(user)
  for (const name of ["Look as them", "Disable"])
    expect(dialog.getByRole("button", { name })).toHaveProperty("ariaDisabled", "true")
})

test("who does not run the installation is told so", async () => {
  show(person(), {}, mara())
  await screen.findByText("Only platform admins see this")
})
