// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { AppState } from "@vibecaas/contract/kinds/apps"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { fakeApi, page, Refused } from "../testing/fake-api.ts"
import { app, commit, machine } from "../testing/machines.ts"
import { at } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { run, task } from "../testing/runs.ts"
import { CompareScreen } from "./compare-screen.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const tulips = project({ name: "Tulips", organizationId })
const projectId = tulips.id
const comparisonId = "cmp_00000000000000000000000001" as const
const clauses = (built: boolean): Run["clauses"] => [
  { words: "a shop", state: "built", why: "GET / answered 200" },
  { words: "only I can post", ...(built ? wasBuilt : wasNot) },
]
const wasBuilt = { state: "built", why: "Seen." } as const
const wasNot = { state: "not_built", why: "It cannot sign people in." } as const
const candidateOf = { projectId, comparisonId, commit: commit("c") }
const tests = [task({ role: "testing", state: "succeeded", testsPassed: 7 })]
const proved = run({
  ...candidateOf,
  number: 1,
  provedAt: at,
  clauses: clauses(true),
  tasks: tests,
})
const working = run({ ...candidateOf, number: 2, commit: null, clauses: clauses(false) })
const comparison: Comparison = {
  ...{ id: comparisonId, organizationId, projectId, goal: "A shop", state: "running" },
  ...{ base: commit("b"), chosen: null, failure: null, startedBy: "Mara Halden" },
  candidates: [
    { runId: proved.id, model: null },
    { runId: working.id, model: "offline" },
  ],
  ...{ createdAt: at, finishedAt: null },
}

function open(items: readonly Comparison[] = [comparison], state: AppState = "running") {
  const api = fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /projects/{projectId}/apps": () =>
      page([app({ projectId, state, purpose: "draft", draftOf: proved.id })]),
    "GET /agents/comparisons": () => page(items),
    "GET /agents/comparisons/{comparisonId}": () => comparison,
    "GET /agents/runs": () => page([working, proved]),
    "GET /agents/runs/{runId}": ({ params }) => (params.runId === proved.id ? proved : working),
    "GET /agents/runs/{runId}/steps": () => page([]),
    "GET /projects/{projectId}/diff": () => ({
      files: [
        { path: "shop.js", change: "added", added: 3, removed: 0, patch: "", truncated: false },
      ],
    }),
    "POST /agents/comparisons/{comparisonId}/promote": () =>
      new Refused({ status: 409, detail: "The project’s files changed." }),
    "POST /agents/runs/{runId}/cancel": () => working,
    "POST /machines/{machineId}/start": () => machine({ projectId, purpose: "draft" }),
  })
  const drawn = draw(
    <ProjectFrame projectId={projectId}>
      <CompareScreen comparisonId={undefined} />
    </ProjectFrame>,
    { me, at: `/projects/${projectId}/compare` },
  )
  return { ...drawn, api }
}
const candidate = (number: number) => screen.findByRole("listitem", { name: `Candidate ${number}` })

test("what candidates built and did not stands side by side, with tests, changes and drafts", async () => {
  const { user } = open()
  const one = within(await candidate(1))
  await one.findByText("Wishes: 2 of 2 built")
  one.getByText("Proved")
  one.getByText("7 passed")
  await user.click(await one.findByRole("button", { name: "Show changes" }))
  await screen.findByRole("region", { name: "Changes of candidate 1" })
  const draft = await one.findByRole("button", { name: "Open draft of candidate 1" })
  await waitFor(() => expect(draft.getAttribute("aria-disabled")).toBeNull())
  const two = within(await candidate(2))
  two.getByText("It cannot sign people in.")
  const description = "It is not proved yet."
  two.getByRole("button", { name: "Promote candidate 2", description })
})

test("a promotion is asked for once what it does was read, and one that is refused says why", async () => {
  const { user, api } = open()
  const one = within(await candidate(1))
  await user.click(await one.findByRole("button", { name: "Promote candidate 1" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Promote candidate 1?" }))
  await user.click(dialog.getByRole("button", { name: "Promote" }))
  await dialog.findByText("The project’s files changed.")
  const [sent] = api.calls.filter(({ route }) => route.endsWith("/promote"))
  expect(sent?.input.body).toEqual({ runId: proved.id })
})

test("a draft that rests can be started again", async () => {
  const { user, api } = open([comparison], "stopped")
  const one = within(await candidate(1))
  await user.click(await one.findByRole("button", { name: "Start draft of candidate 1" }))
  const sent = () => api.calls.find(({ route }) => route === "POST /machines/{machineId}/start")
  await waitFor(() => expect(sent()).toBeDefined())
})

test("one candidate can be stopped while the others go on", async () => {
  const { user, api } = open()
  const two = within(await candidate(2))
  await user.click(await two.findByRole("button", { name: "Cancel run of candidate 2" }))
  const sent = () => api.calls.find(({ route }) => route === "POST /agents/runs/{runId}/cancel")
  await waitFor(() => expect(sent()?.input.params).toEqual({ runId: working.id }))
})

test("before anything was compared the screen says what comparing is, and where it begins", async () => {
  open([])
  await screen.findByText("Nothing was compared yet")
  const link = screen.getByRole("link", { name: "Ask for something" })
  expect(link.getAttribute("href")).toContain(projectId)
})
