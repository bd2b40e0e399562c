// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { BorrowedSecret, Secret } from "@vibecaas/contract/kinds/secrets"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { OrganizationSecretsScreen, ProjectSecretsScreen } from "./secrets-screen.tsx"
// Loaded by the page when they are wanted; here before the first test, whose time it would take.
import "./add-dialog.tsx"
import "./details-dialog.tsx"
import "./import-dialog.tsx"
import "./reveal-dialog.tsx"
import "./value-dialog.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const tulips = project({ name: "Tulips", organizationId })
const secret = (given: Partial<Secret> = {}): Secret => ({
  ...{ id: id("sec", 1), organizationId, projectId: tulips.id, name: "STRIPE_API_KEY" },
  ...{ environment: "every", type: "api_key", note: "", state: "active", expiresAt: null },
  current: { number: 2, setBy: "Mara", setAt: at },
  ...{ hook: null, usedBy: [], shares: [], createdBy: "Mara", createdAt: at, updatedAt: at },
  changes: 3,
  ...given,
})
const usedBy: Secret["usedBy"] = [
  {
    ...{ projectId: tulips.id, projectName: "Tulips", purpose: "live", version: 2 },
    variable: "STRIPE_API_KEY",
  },
]

function open(items: Secret[], more: FakeHandlers = {}, borrowed: BorrowedSecret[] = []) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([]),
    "GET /projects": () => page([tulips, project({ name: "Blog", organizationId })]),
    "GET /projects/{projectId}/secrets": () => ({ items, borrowed }),
    "GET /secrets/{secretId}": () => ({ ...(items[0] ?? secret()), versions: [secret().current] }),
    ...more,
  })
  const drawn = draw(
    <ProjectFrame projectId={tulips.id}>
      <ProjectSecretsScreen />
    </ProjectFrame>,
    { me, at: `/projects/${tulips.id}/secrets` },
  )
  return { ...drawn, api }
}
const press = (name: string) => screen.findByRole("button", { name })
const dialogOf = async (name: string) => within(await screen.findByRole("dialog", { name }))

test("a first secret is added: what is wrong is said at its field, and the value is sent once", async () => {
  const { user, api } = open([], { "POST /projects/{projectId}/secrets": () => secret() })
  await user.click(await press("Add a secret"))
  const dialog = await dialogOf("Add a secret")
  await user.type(dialog.getByLabelText("Name"), "1 KEY")
  await user.type(dialog.getByLabelText("Value"), "short")
  await user.click(dialog.getByRole("button", { name: "Add secret" }))
  await dialog.findByText(/Use letters, digits and underscores/)
  dialog.getByText("An API key has at least 8 characters.")
  await user.clear(dialog.getByLabelText("Name"))
  await user.type(dialog.getByLabelText("Name"), "STRIPE_API_KEY")
  await user.type(dialog.getByLabelText("Value"), "er-than-that")
  await user.click(dialog.getByRole("button", { name: "Add secret" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("POST")).toMatchObject([
    { body: { name: "STRIPE_API_KEY", type: "api_key", value: "shorter-than-that" } },
  ])
})

test("a new value says which apps it restarts", async () => {
  const { user, api } = open([secret({ usedBy })], {
    "POST /secrets/{secretId}/versions": () => secret(),
  })
  await screen.findByText("in 1 app")
  await user.click(await press("New value of STRIPE_API_KEY"))
  const dialog = await dialogOf("New value of STRIPE_API_KEY")
  dialog.getByText("Version 3. It restarts the live app of Tulips.")
  await user.type(dialog.getByLabelText("Value"), "sk_live_next")
  await user.click(dialog.getByRole("button", { name: "Save" }))
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ body: { value: "sk_live_next" } }]))
})

test("a value is shown only to who says why, and is gone when the dialog closes", async () => {
  const { user, api } = open([secret()], {
    "POST /secrets/{secretId}/reveal": () => ({ value: "sk_live_now", version: 2 }),
  })
  await user.click(await press("Reveal STRIPE_API_KEY"))
  const dialog = await dialogOf("Reveal STRIPE_API_KEY")
  await user.click(dialog.getByRole("button", { name: "Reveal" }))
  await dialog.findByText("Say why you need it.")
  await user.type(dialog.getByLabelText("Why do you need it?"), "the shop is down")
  await user.click(dialog.getByRole("button", { name: "Reveal" }))
  await dialog.findByText("sk_live_now")
  await user.click(dialog.getByRole("button", { name: "Done" }))
  await waitFor(() => expect(screen.queryByText("sk_live_now")).toBeNull())
  expect(api.sent("POST")).toMatchObject([{ body: { reason: "the shop is down" } }])
})

test("a file is looked through before it comes in", async () => {
  const items = [
    { line: 1, name: "NEW", type: "text", outcome: "new", say: null },
    { line: 2, name: "STRIPE_API_KEY", type: "api_key", outcome: "exists", say: "There." },
    { line: 3, name: "1X", type: "text", outcome: "invalid", say: "Use letters." },
  ] as const
  const { user, api } = open([secret()], {
    "POST /projects/{projectId}/secrets/import": ({ body }) => ({
      items: [...items],
      added: (body as { preview: boolean }).preview ? 0 : 2,
    }),
  })
  await user.click(await press("Import .env"))
  const dialog = await dialogOf("Import a .env file")
  await user.type(dialog.getByLabelText("The file’s text"), "NEW=1")
  await user.click(dialog.getByRole("button", { name: "Look through it" }))
  await dialog.findByText("line 3: Use letters.")
  dialog.getByText("Is there already")
  await user.click(dialog.getByRole("checkbox", { name: /new version/ }))
  dialog.getByText("New version")
  await user.click(dialog.getByRole("button", { name: "Import 2 secrets" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("POST").map(({ body }) => body)).toMatchObject([
    { preview: true, replace: false },
    { preview: false, replace: true },
  ])
})

test("what is near its end is said above, and what others share is named as a variable refers to it", async () => {
  const borrowed: BorrowedSecret = {
    ...{ id: id("sec", 9), name: "MAIL", reference: "secret:halden/MAIL", from: "Halden Works" },
    ...{ environment: "every", type: "password", state: "active", expiresAt: null },
  }
  const ends = { state: "expiring", expiresAt: "2026-02-10T00:00:00.000Z" } as const
  open([secret(ends)], {}, [borrowed])
  await screen.findByText("1 secret at or near the end.")
  screen.getByText("secret:halden/MAIL")
  screen.getByText("Halden Works")
})

test("details tell where it is used, share it, give it a hook whose key is shown once, and delete it", async () => {
  const hook = { url: "https://hooks.example.com/in", told: 2, failure: null }
  let now = secret({ usedBy })
  const { user, api } = open([now], {
    "GET /secrets/{secretId}": () => ({ ...now, versions: [now.current] }),
    "PATCH /secrets/{secretId}": () => {
      now = { ...now, hook, changes: 4 }
      return { secret: now, hookKey: "whsec_once" }
    },
    "POST /secrets/{secretId}/shares": () => now,
    "DELETE /secrets/{secretId}": () => undefined as never,
  })
  await user.click(await press("Details of STRIPE_API_KEY"))
  const dialog = await dialogOf("STRIPE_API_KEY")
  await dialog.findByText(/Tulips \(live app\) as/)
  await user.type(dialog.getByLabelText("Hook"), hook.url)
  await user.click(dialog.getByRole("button", { name: "Save" }))
  await dialog.findByText("whsec_once")
  expect(api.sent("PATCH")).toMatchObject([{ body: { hook: { url: hook.url } } }])
  await user.click(dialog.getByRole("combobox", { name: "Share with" }))
  await user.click(await screen.findByRole("option", { name: "Blog" }))
  await user.click(dialog.getByRole("button", { name: "Share" }))
  await waitFor(() => expect(api.sent("POST")).toHaveLength(1))
  await user.click(dialog.getByRole("button", { name: "Delete" }))
  dialog.getByText(/gone for good\. It restarts the live app of Tulips/)
  await user.click(dialog.getByRole("button", { name: "Delete for good" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
})

test("an organization’s own are beside its projects, and viewers see none", async () => {
  const halden = organization("Halden", "viewer")
  fakeApi({ "GET /organizations/{organizationId}/secrets": () => ({ items: [], borrowed: [] }) })
  const drawn = draw(<OrganizationSecretsScreen />, { me, at: "/settings/secrets" })
  await screen.findByText("No secrets yet")
  drawn.unmount()
  const viewer = { ...me, organizations: [halden] }
  draw(<OrganizationSecretsScreen />, { me: viewer, at: "/settings/secrets" })
  await screen.findByText("Viewers do not see secrets")
})
