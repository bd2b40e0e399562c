// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { ApiKey } from "@vibecaas/contract/kinds/keys"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { KeysScreen } from "./keys-screen.tsx"
// Loaded by the page when they are wanted; here before the first test, whose time it would take.
import "./new-key-dialog.tsx"
import "./revoke-dialog.tsx"
import "./rotate-dialog.tsx"

const secret = `vck_${"a".repeat(49)}`

function key(given: Partial<ApiKey> = {}): ApiKey {
  return {
    ...{ id: id("key", 1), organizationId: id("org", 1), name: "CI deploys", state: "active" },
    ...{ permissions: ["project:read", "run:read"], projects: null, creatorLeft: false },
    secrets: [{ ending: "wXyZ", createdAt: at, endsAt: null }],
    ...{ expiresAt: null, lastUsedAt: null, createdBy: "Mara", createdAt: at },
    ...given,
  }
}

const choices = {
  items: [
    { permission: "project:read", calls: ["Projects of an organization", "One project"] },
    { permission: "project:create", calls: ["Create a project"] },
    { permission: "audit:read", calls: ["Audit records"] },
  ],
  presets: {
    read: ["project:read"],
    build: ["project:read", "project:create"],
    full: ["project:read", "project:create", "audit:read"],
  },
}

function show(items: ApiKey[], more: FakeHandlers = {}, me = mara()) {
  const api = fakeApi({
    "GET /organizations/{organizationId}/api-keys": ({ query }) =>
      page(items.filter(({ name }) => name.includes(query.search ?? ""))),
    "GET /organizations/{organizationId}/api-key-permissions": () => choices,
    ...more,
  })
  return { ...draw(<KeysScreen />, { me, at: "/settings/api-keys" }), api }
}
const press = (name: string) => screen.findByRole("button", { name })

test("without keys it is said what one is for, and how an assistant is told of the platform", async () => {
  const { user } = show([])
  await screen.findByText("No keys yet")
  screen.getByText(/claude mcp add --transport http vibecaas http.*\/api\/v1\/mcp/)
  await user.click(screen.getByRole("radio", { name: "Editor" }))
  screen.getByText(/"mcpServers"/)
})

test("a key is made to read, for some projects, and its secret is shown this once", async () => {
  const tulips = project({ name: "Tulips" })
  const { api, user } = show([], {
    "GET /projects": () => page([tulips]),
    "POST /organizations/{organizationId}/api-keys": () => ({ key: key(), secret }),
  })
  await user.click(await press("New key"))
  const dialog = within(await screen.findByRole("dialog"))
  await user.click(await dialog.findByRole("button", { name: "Make key" }))
  await dialog.findByText("Say what it is for, for example “CI deploys”.")
  await user.type(dialog.getByLabelText("Name"), "CI deploys")
  await user.click(dialog.getByRole("radio", { name: "Some projects" }))
  await user.click(await dialog.findByLabelText("Tulips"))
  await user.click(dialog.getByRole("button", { name: "Make key" }))
  await dialog.findByText(secret)
  expect(api.sent("POST")).toMatchObject([
    {
      body: {
        ...{ name: "CI deploys", permissions: ["project:read"] },
        ...{ projects: [tulips.id], expiresInDays: 90 },
      },
    },
  ])
  await user.keyboard("{Escape}")
  dialog.getByText(secret)
  await user.click(dialog.getByRole("button", { name: "I have copied it" }))
  await waitFor(() => expect(screen.queryByText(secret)).toBeNull())
  await user.click(await press("New key"))
  await screen.findByLabelText("Name")
})

test("permissions are chosen one by one, each with what it opens", async () => {
  const { api, user } = show([], {
    "POST /organizations/{organizationId}/api-keys": () =>
      new Refused({
        status: 409,
        detail: "There is a key called so.",
        fields: { "/name": "Taken." },
      }),
  })
  await user.click(await press("New key"))
  const dialog = within(await screen.findByRole("dialog"))
  await user.type(await dialog.findByLabelText("Name"), "Robot")
  await user.click(dialog.getByRole("radio", { name: "Build" }))
  dialog.getByText(/as a developer does/)
  await user.click(dialog.getByRole("radio", { name: "Choose" }))
  dialog.getByText("Projects of an organization, and 1 other call")
  await user.click(dialog.getByLabelText(/audit:read/))
  await user.click(dialog.getByLabelText(/project:create/))
  await user.click(dialog.getByRole("button", { name: "Make key" }))
  await dialog.findByText("Taken.")
  expect(api.sent("POST")).toMatchObject([
    { body: { permissions: ["project:read", "audit:read"], projects: null } },
  ])
})

test("a list says what each key is limited to, how it was used, and what is over", async () => {
  show([
    key({ lastUsedAt: at, projects: [{ id: id("prj", 1), name: "Tulips" }] }),
    key({ id: id("key", 2), name: "Old one", state: "expired", expiresAt: at, creatorLeft: true }),
  ])
  const rows = within(await screen.findByRole("table", { name: "API keys" }))
  rows.getByText("Tulips")
  rows.getByText("Expired")
  rows.getByText(/by Mara, who left/)
  const rotate = rows.getByRole("button", { name: "Rotate Old one" })
  expect(rotate.getAttribute("aria-disabled")).toBe("true")
})

test("a key is found by its name", async () => {
  const { user } = show([key(), key({ id: id("key", 2), name: "Robot" })])
  await screen.findByText("Robot")
  await user.type(screen.getByRole("searchbox"), "nothing")
  await screen.findByText("No key matches")
  await user.click(await press("Show all keys"))
  await screen.findByText("Robot")
})

test("a key is rotated with an overlap, and revoked once that was asked", async () => {
  const { api, user } = show([key()], {
    "POST /api-keys/{keyId}/rotate": () => ({ key: key(), secret }),
    "DELETE /api-keys/{keyId}": () => undefined as never,
  })
  await user.click(await press("Rotate CI deploys"))
  const rotate = within(await screen.findByRole("dialog"))
  await user.click(rotate.getByRole("button", { name: "Rotate" }))
  await rotate.findByText(secret)
  expect(api.sent("POST")).toMatchObject([{ body: { overlapHours: 24 } }])
  await user.click(rotate.getByRole("button", { name: "I have copied it" }))
  await user.click(await press("Revoke CI deploys"))
  const revoke = within(await screen.findByRole("dialog", { name: "Revoke CI deploys?" }))
  expect(api.sent("DELETE")).toEqual([])
  await user.click(revoke.getByRole("button", { name: "Revoke" }))
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(1))
})

test("who may not see keys is told whom to ask, and nothing is read", async () => {
  const [only] = [organization("Halden", "viewer")]
  const { api } = show([], {}, { ...mara(), organizations: [only] })
  await screen.findByText("Viewers do not see keys")
  expect(api.calls).toEqual([])
})
