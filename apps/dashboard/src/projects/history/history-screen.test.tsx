// @vitest-environment jsdom
import { screen, act as settle, waitFor, within } from "@testing-library/react"
import type { FileDiff } from "@vibecaas/contract/commits"
import type { Version } from "@vibecaas/contract/version"
import { expect, test } from "vitest"
import { draw } from "../../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../../testing/fake-api.ts"
import { app as liveApp } from "../../testing/machines.ts"
import { id } from "../../testing/numbered.ts"
import { mara } from "../../testing/people.ts"
import { project } from "../../testing/projects.ts"
import { ProjectFrame } from "../project-frame.tsx"
import { HistoryScreen } from "./history-screen.tsx"

const me = mara()
const notes = project({ name: "Notes", organizationId: me.organizations[0]?.id ?? "org_" })
const commit = (letter: string) => letter.repeat(40)

function version(letter: string, own: Partial<Version> = {}): Version {
  return {
    ...{ id: commit(letter), base: commit("0"), kind: "edit", title: "Save files" },
    ...{ author: "Mara", at: "2026-01-01T00:00:00.000Z", commits: 1 },
    ...{ files: 1, added: 1, removed: 0, run: null, of: null, live: false },
    ...own,
  }
}
const run = { id: id("run"), number: 2, goal: "Add a rating", state: "succeeded" } as const
const ofRun = version("b", {
  ...{ kind: "run", title: "Add a rating", commits: 9, files: 12, added: 340, removed: 20 },
  run,
  live: true,
})
const all = [version("c"), ofRun, version("a", { base: null, title: "Begin" })]
const changed: FileDiff = {
  ...{ path: "one.txt", added: 1, removed: 1, truncated: false },
  change: "modified",
  patch: "@@ -1 +1 @@\n-before\n+after\n",
}

function open(also: FakeHandlers = {}, screenOf: Parameters<typeof HistoryScreen>[0] = {}) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => notes,
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([]),
    "GET /projects/{projectId}/versions": () => page(all),
    "GET /projects/{projectId}/diff": () => ({ files: [changed] }),
    ...also,
  })
  const drawn = draw(
    <ProjectFrame projectId={notes.id}>
      <HistoryScreen {...screenOf} />
    </ProjectFrame>,
    { me, at: `/projects/${notes.id}/history` },
  )
  return { ...drawn, api }
}
const row = (name: RegExp) => screen.findByRole("button", { name })
const dialog = () => screen.findByRole("dialog")

test("a run is one row that opens to its files and leads to it", async () => {
  const { user } = open()
  await user.click(await row(/Add a rating.*Live.*Run 2 · Mara.*12 files.*\+340 −20/))
  expect(await screen.findByRole("figure", { name: "Changes in one.txt" })).toBeTruthy()
  expect(screen.getByRole("link", { name: "Show run" }).getAttribute("href")).toContain(run.id)
  expect(screen.getByRole("button", { name: /Copy commit/ })).toBeTruthy()
})

test("what was saved last and does not run yet is run from its row", async () => {
  const app = { ...liveApp({ projectId: notes.id }), commit: commit("b") }
  const { user, api } = open({
    "GET /projects/{projectId}": () => ({ ...notes, hasMachine: true }),
    "GET /projects/{projectId}/apps": () => page([app]),
    "POST /apps/{appId}/deploy": () => app,
  })
  await user.click(await row(/Save files/))
  await user.click(await screen.findByRole("button", { name: "Run this version" }))
  const asked = within(await dialog())
  await user.click(asked.getByRole("button", { name: "Run this version" }))
  await waitFor(() => expect(api.sent("POST")[0]?.body).toEqual({ commit: commit("c") }))
})

test("files that do not run yet say so above the list, and what was taken back says why", async () => {
  const shown = (own: Partial<ReturnType<typeof liveApp>>) =>
    open({
      "GET /projects/{projectId}": () => ({ ...notes, hasMachine: true }),
      "GET /projects/{projectId}/apps": () =>
        page([{ ...liveApp({ projectId: notes.id }), commit: commit("b"), ...own }]),
    })
  const { unmount } = shown({ commitWanted: commit("b") })
  await screen.findByText("The newest files do not run yet.")
  screen.getByRole("button", { name: "Run version ccccccc" })
  unmount()
  const failure = "It ended with exit code 1."
  shown({ ...{ commitWanted: commit("c"), commitRefused: commit("c") }, failure })
  await screen.findByText(failure)
  await row(/Save files.*Taken back/)
})

test("restoring says that data stay, and asks for the version's commit", async () => {
  const made = { commit: commit("d"), goesLive: true }
  const { user, api } = open({ "POST /projects/{projectId}/restore": () => made })
  await user.click(await row(/Begin/))
  await user.click(screen.getByRole("button", { name: "Restore this version" }))
  const asked = within(await dialog())
  expect(asked.getByText("What visitors wrote (/data) is not touched.")).toBeTruthy()
  await user.click(asked.getByRole("button", { name: "Restore this version" }))
  await waitFor(() => expect(api.sent("POST")[0]?.body).toEqual({ commit: commit("a") }))
  await screen.findByText("It goes live now.")
})

test("undoing shows first what would change", async () => {
  const made = { commit: commit("d"), goesLive: false }
  const { user, api } = open({
    "GET /projects/{projectId}/undo": () => ({ files: [changed], conflicts: [] }),
    "POST /projects/{projectId}/undo": () => made,
  })
  await user.click(await row(/Add a rating/))
  await user.click(screen.getByRole("button", { name: "Undo this run" }))
  const asked = within(await dialog())
  const files = await asked.findByRole("list", { name: "Files that change" })
  expect(files.textContent).toContain("one.txt")
  await user.click(asked.getByRole("button", { name: "Undo this run" }))
  await waitFor(() => expect(api.sent("POST")[0]?.body).toEqual({ version: commit("b") }))
})

test("what stands in the way of an undo is named, and nothing can be sent", async () => {
  const { user, api } = open({
    "GET /projects/{projectId}/undo": () => ({ files: [], conflicts: ["server/app.js"] }),
  })
  await user.click(await row(/Add a rating/))
  await user.click(screen.getByRole("button", { name: "Undo this run" }))
  const asked = within(await dialog())
  await asked.findByText("server/app.js")
  const button = asked.getByRole("button", { name: "Undo this run" })
  expect(button.getAttribute("aria-disabled")).toBe("true")
  expect(api.sent("POST")).toEqual([])
})

test("a refusal stands in the dialog, which stays open", async () => {
  const detail = "The agents are still working on this project."
  const { user } = open({
    "POST /projects/{projectId}/restore": () => new Refused({ status: 409, detail }),
  })
  await user.click(await row(/Begin/))
  await user.click(screen.getByRole("button", { name: "Restore this version" }))
  const asked = within(await dialog())
  await user.click(asked.getByRole("button", { name: "Restore this version" }))
  expect(await asked.findByText(detail)).toBeTruthy()
})

test("two versions of the address are compared", async () => {
  const { api } = open({}, { between: { from: commit("a"), to: "" } })
  const panel = await screen.findByRole("region", { name: "Compare versions" })
  await within(panel).findByRole("figure", { name: "Changes in one.txt" })
  const { calls } = api
  expect(calls.find(({ route }) => route.endsWith("/diff"))?.input.query).toEqual({
    from: commit("a"),
    to: commit("c"),
  })
})

test("a commit that is no version by itself is shown above the list", async () => {
  open({}, { asked: commit("e") })
  const panel = await screen.findByRole("region", { name: "One commit" })
  await within(panel).findByRole("figure", { name: "Changes in one.txt" })
})

test("a project without versions says what will stand there", async () => {
  open({ "GET /projects/{projectId}/versions": () => page([]) })
  expect(await screen.findByText("No versions yet")).toBeTruthy()
})

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

test("a page that does not come is asked for once, and again by a person", async () => {
  const { user, api } = open(
    {
      "GET /projects/{projectId}/versions": async ({ query }) => {
        await sleep(5) // as long as a drawing, so that the screen is seen at its asking
        return query.cursor
          ? new Refused({ status: 404, detail: "The page is away." })
          : { items: all, nextCursor: "more" }
      },
    },
    { asked: commit("e") },
  )
  const pages = () => api.calls.filter(({ route }) => route.endsWith("/versions"))
  await screen.findByText("The page is away.")
  // Were it asked for again by itself, that would have been done here.
  await settle(() => sleep(100))
  expect(pages()).toHaveLength(2)
  await user.click(screen.getByRole("button", { name: "Load more" }))
  await waitFor(() => expect(pages()).toHaveLength(3))
})
