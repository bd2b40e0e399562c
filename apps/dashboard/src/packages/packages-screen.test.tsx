// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { PackageChange, ProjectPackages } from "@vibecaas/contract/kinds/packages"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { PackagesScreen } from "./packages-screen.tsx"

const me = mara()
const tulips = project({ name: "Tulips", organizationId: me.organizations[0]?.id ?? "org_" })
const one = {
  ecosystem: "npm" as const,
  name: "react",
  version: "19.0.0",
  wanted: "^19",
  dev: false,
  licence: "MIT",
  script: null,
}
const found: ProjectPackages = {
  ecosystems: ["npm"],
  commit: "a".repeat(40),
  items: [
    {
      ...one,
      advisories: [{ severity: "high", title: "It leaks", url: "https://example.com/a" }],
    },
    { ...one, name: "scheduler", wanted: null, licence: null, advisories: [] },
  ],
  total: 2,
  problem: null,
  advisories: "known",
  change: null,
}
const working: PackageChange = {
  ...{
    state: "working",
    ecosystem: "npm",
    add: ["zod"],
    remove: [],
    failure: null,
    log: "npm http fetch GET 200",
  },
  startedAt: "2026-01-01T00:00:00Z",
}

function open(packages: ProjectPackages, also: FakeHandlers = {}) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([]),
    "GET /projects/{projectId}/packages": () => packages,
    ...also,
  })
  const at = `/projects/${tulips.id}/packages`
  const frame = (
    <ProjectFrame projectId={tulips.id}>
      <PackagesScreen />
    </ProjectFrame>
  )
  return { ...draw(frame, { me, at }), api }
}

test("packages stand with version, licence and known problems, apart from what they need", async () => {
  open(found)
  const named = await screen.findByRole("table", { name: "Packages" })
  expect(within(named).getByText("react")).toBeDefined()
  expect(within(named).getByText("MIT")).toBeDefined()
  expect(within(named).getByRole("link", { name: "It leaks" }).getAttribute("href")).toBe(
    "https://example.com/a",
  )
  const needed = screen.getByRole("table", { name: "What they need" })
  expect(within(needed).getByText("scheduler")).toBeDefined()
  expect(within(needed).queryByRole("button")).toBeNull()
})

test("names are sent as they were typed, and what is under way says so and keeps others out", async () => {
  const { user, api } = open(found, { "POST /projects/{projectId}/packages": () => working })
  await user.type(await screen.findByRole("textbox", { name: "Names" }), "zod react-dom@19")
  api.answer({ "GET /projects/{projectId}/packages": () => ({ ...found, change: working }) })
  await user.click(screen.getByRole("button", { name: "Add packages" }))
  await waitFor(() =>
    expect(api.sent("POST")[0]?.body).toMatchObject({ add: ["zod", "react-dom@19"] }),
  )
  expect(await screen.findByText("Installing")).toBeDefined()
  const remove = screen.getByRole("button", { name: "Remove react" })
  expect(remove.getAttribute("aria-disabled")).toBe("true")
})

test("packages of Python are asked for by the names of that language, beside those of npm", async () => {
  const flask = { ...one, ecosystem: "python" as const, name: "flask", advisories: [] }
  const both = { ...found, ecosystems: ["python" as const, "npm" as const] }
  const { user, api } = open(
    { ...both, items: [{ ...one, advisories: [] }, flask] },
    { "POST /projects/{projectId}/packages": () => working },
  )
  expect(await screen.findByText("· npm")).toBeDefined()
  expect(screen.getByRole("combobox", { name: "From" }).textContent).toBe("Python")
  await user.type(screen.getByRole("textbox", { name: "Names" }), "httpx==0.28.1")
  await user.click(screen.getByRole("button", { name: "Add packages" }))
  await waitFor(() =>
    expect(api.sent("POST")[0]?.body).toMatchObject({
      ecosystem: "python",
      add: ["httpx==0.28.1"],
    }),
  )
})

test("problems that the registry does not tell are not said to be none", async () => {
  open({ ...found, advisories: "unavailable" })
  const needed = await screen.findByRole("table", { name: "What they need" })
  expect(within(needed).getByText("not told")).toBeDefined()
  expect(screen.getByText(/does not tell known problems/)).toBeDefined()
})

test("a package is removed by its name", async () => {
  const { user, api } = open(found, { "POST /projects/{projectId}/packages": () => working })
  await user.click(await screen.findByRole("button", { name: "Remove react" }))
  await waitFor(() =>
    expect(api.sent("POST")[0]?.body).toMatchObject({ ecosystem: "npm", remove: ["react"] }),
  )
})

test("a script of a package is skipped until somebody allows it, and says so", async () => {
  const skipped = { ...one, name: "sharp", script: "skipped" as const, advisories: [] }
  const { user, api } = open(
    { ...found, items: [skipped] },
    { "PUT /projects/{projectId}/packages/script": ({ body }) => body as never },
  )
  expect(await screen.findByText("Its install script is skipped.")).toBeDefined()
  const allowed = { ...skipped, script: "allowed" as const }
  api.answer({ "GET /projects/{projectId}/packages": () => ({ ...found, items: [allowed] }) })
  await user.click(screen.getByRole("button", { name: "Allow the script of sharp" }))
  await waitFor(() => expect(api.sent("PUT")[0]?.body).toEqual({ name: "sharp", allowed: true }))
  expect(await screen.findByText("Its install script may run.")).toBeDefined()
})

test("a change that failed says why, in the registry's words", async () => {
  const failure = "There is no package zodd."
  open({ ...found, change: { ...working, state: "failed", failure } })
  expect(await screen.findByText(failure)).toBeDefined()
  expect(screen.getByText("Nothing was changed.")).toBeDefined()
})

test("a project without packages says what to do, by name or by agents", async () => {
  open({ ...found, items: [], total: 0 })
  expect(await screen.findByText("No packages")).toBeDefined()
})

test("what could not be read is said, with a way to try again", async () => {
  open(found, {
    "GET /projects/{projectId}/packages": () => new Refused({ status: 500, detail: "A problem." }),
  })
  expect(await screen.findByText("The packages could not be read")).toBeDefined()
})
