import { QueryClient, type QueryKey } from "@tanstack/react-query"
import type { Step } from "@vibecaas/contract/run-step"
import { expect, test } from "vitest"
import { withHeard, withStep } from "../agents/heard-steps.ts"
import { journalOf, runsOf } from "../agents/queries.ts"
import { itemsIn } from "../api/kept.ts"
import { read, readPages } from "../api/read.ts"
import { live, missed } from "../kinds.ts"
import { machinesOf } from "../machines/queries.ts"
import { projectOf } from "../projects/queries.ts"
import { machine } from "../testing/machines.ts"
import { makeLiveCache } from "./live-cache.ts"

const projectId = "prj_01k9x3v8hde8r8z6h3gk5c2v9w"
const runId = "run_01k9x3v8hde8r8z6h3gk5c2v9w"
const projectKey = projectOf(projectId).queryKey as QueryKey
const listKey = readPages("GET /projects", { query: {} }).queryKey as QueryKey
const runsKey = runsOf(projectId).queryKey as QueryKey
const stepsKey = journalOf(runId).queryKey as QueryKey
const runKey = read("GET /agents/runs/{runId}", { params: { runId } }).queryKey as QueryKey
const event = (kind: string, id: string, data: unknown) =>
  ({ type: "event", topic: `project:${projectId}`, cursor: "1", kind, id, data }) as never

function world() {
  const client = new QueryClient()
  const due: (() => void)[] = []
  const cache = makeLiveCache({
    client,
    later: (_, action) => due.push(action),
    live,
    missed,
  })
  const pages = (items: object[]) => ({ pages: [{ items, nextCursor: null }], pageParams: [{}] })
  return { client, due, cache, pages }
}

test("a project's new state shows in its page and in the list before anything is read", () => {
  const { client, cache, pages } = world()
  const project = { id: projectId, name: "Reading list", state: "working", stateDetail: "1 of 4" }
  client.setQueryData(projectKey, project)
  client.setQueryData(listKey, pages([project]))
  cache.apply(
    event("project.changed", projectId, { id: projectId, state: "running", stateDetail: null }),
  )
  const after = { ...project, state: "running", stateDetail: null }
  expect(client.getQueryData(projectKey)).toEqual(after)
  expect(client.getQueryData(listKey)).toEqual(pages([after]))
})

test("a burst of events reads what it touched once", () => {
  const { client, due, cache } = world()
  client.setQueryData(projectKey, { id: projectId })
  for (let i = 0; i < 20; i += 1)
    cache.apply(event("project.changed", projectId, { id: projectId }))
  expect(due).toHaveLength(1)
  expect(client.getQueryState(projectKey)?.isInvalidated).toBe(false)
  due[0]?.()
  expect(client.getQueryState(projectKey)?.isInvalidated).toBe(true)
})

test("a run that the list knows is changed there, an unknown one makes the list read again", () => {
  const { client, due, cache, pages } = world()
  const run = { id: runId, projectId, tasks: [], state: "running" }
  client.setQueryData(runsKey, pages([run]))
  cache.apply(event("run.changed", runId, { ...run, state: "succeeded" }))
  expect(client.getQueryData(runsKey)).toEqual(pages([{ ...run, state: "succeeded" }]))
  expect(due).toHaveLength(0)
  const other = runId.replace("w", "x")
  cache.apply(event("run.changed", other, { ...run, id: other }))
  expect(due).toHaveLength(1)
})

test("a machine that is told stands in the list of its project, at the end when it is new", () => {
  const { client, due, cache, pages } = world()
  const [main, added] = [machine({ projectId }), machine({ projectId })]
  const { queryKey } = machinesOf(projectId)
  client.setQueryData(queryKey as QueryKey, pages([main]))
  const stopped = { ...main, state: "stopped" } as const
  cache.apply(event("machine.changed", main.id, stopped))
  cache.apply(event("machine.changed", added.id, added))
  expect(itemsIn(client.getQueryData(queryKey))).toEqual([stopped, added])
  expect(due).toHaveLength(0)
})

test("a machine told before the list was read is there, and the list is read again", () => {
  const { client, due, cache } = world()
  const main = machine({ projectId })
  cache.apply(event("machine.changed", main.id, main))
  const { queryKey } = machinesOf(projectId)
  expect(itemsIn(client.getQueryData(queryKey))).toEqual([main])
  due[0]?.()
  expect(client.getQueryState(queryKey)?.isInvalidated).toBe(true)
})

test("steps keep their order and appear once however often they are delivered", () => {
  const step = (id: string, sequence: number) => ({ id, sequence }) as unknown as Step
  const steps = withStep(withStep([step("a", 1), step("c", 3)], step("b", 2)), step("b", 2))
  expect(steps?.map(({ id }) => id)).toEqual(["a", "b", "c"])
  expect(withStep(undefined, step("a", 1))).toBeUndefined()
})

test("steps told while the journal is read are in it, also when the read is older", () => {
  const { client, cache } = world()
  const step = (id: string, sequence: number) => ({ id, sequence, runId }) as unknown as Step
  for (const late of [step("b", 2), step("c", 3)]) cache.apply(event("run.step", late.id, late))
  expect(client.getQueryData(stepsKey)).toBeUndefined()
  const read = withHeard(client, runId, [step("a", 1), step("b", 2)])
  expect(read.map(({ id }) => id)).toEqual(["a", "b", "c"])
})

test("what was read of a step is not replaced by what the stream shortened", () => {
  const { client, cache } = world()
  const step = (output: string) => ({ id: "a", sequence: 1, runId, output }) as unknown as Step
  cache.apply(event("run.step", "a", step("cut…")))
  const read = withHeard(client, runId, [step("cut short")])
  expect(read).toEqual([step("cut short")])
  expect(withStep(read, step("cut…"))).toEqual([step("cut short")])
})

test("the journal is read again when its run has ended", () => {
  const { client, due, cache } = world()
  const run = { id: runId, projectId, tasks: [], state: "succeeded", finishedAt: "2026-11-22" }
  client.setQueryData(stepsKey, [])
  cache.apply(event("run.changed", runId, run))
  due[0]?.()
  expect(client.getQueryState(stepsKey)?.isInvalidated).toBe(true)
})

test("a read that an event overtook is done once more when it ends, and never cut off", async () => {
  const { client, due, cache } = world()
  const run = { id: runId, projectId, tasks: [], state: "running" }
  const answers: ((value: object) => void)[] = []
  const reading = client.fetchQuery({
    queryKey: runKey,
    queryFn: () => new Promise<object>((answer) => answers.push(answer)),
  })
  cache.apply(event("run.changed", runId, { ...run, state: "succeeded" }))
  due.shift()?.()
  expect(due).toHaveLength(1)
  answers[0]?.(run)
  await reading
  due.shift()?.()
  expect(client.getQueryState(runKey)?.isInvalidated).toBe(true)
  expect(answers).toHaveLength(1)
})

test("an event without its object makes what it is about read again", () => {
  const { due, cache } = world()
  for (const kind of ["run.changed", "run.step", "machine.changed", "app.changed"])
    cache.apply(event(kind, runId, null))
  expect(due).toHaveLength(1)
})
