import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { PromotionSeen, Sessions } from "../../apps/index.ts"
import { deleteProject } from "../../projects/delete-project.ts"
import { createProject, needProject } from "../../projects/index.ts"
import { uploadAttachment } from "../attachments/upload-attachment.ts"
import { cancelRun } from "../cancel-run.ts"
import { redirectRun } from "../redirect-run.ts"
import { retryRun } from "../retry-run.ts"
import { startRun } from "../start-run.ts"
import { type AgentsWorld, agentsWorld } from "../testing/agents-world.ts"
import { makeDriver } from "../testing/drive-loops.ts"
import { makeLives } from "../testing/lives.ts"
import { painters } from "../testing/painters.ts"
import { processMachines } from "../testing/process-machines.ts"
import { defaultBudgets } from "../work/budget.ts"
import { cancelComparison, needComparison, promoteCandidate } from "./decide.ts"
import { readComparison } from "./read-comparisons.ts"
import { startComparison } from "./start-comparison.ts"

let world: AgentsWorld
/** what the machines below the agents were asked, and say */
let promoted: string[]
let ended: string[]
let promotionOf: (commit: string) => PromotionSeen
let live: string | null
beforeEach(() => {
  promoted = []
  ended = []
  promotionOf = () => ({ is: "done" })
  live = null
})

const { models, heard } = painters()

beforeAll(async () => {
  world = await agentsWorld({
    models,
    machines: async (repositories) => {
      const real = await processMachines(repositories)
      const told: Partial<Sessions> = {
        promote: async (_, { commit }) => void promoted.push(commit),
        promotion: async (_, { commit }) => promotionOf(commit),
        endDraft: async (_, { by }) => void ended.push(by.id),
        liveCommit: async () => live,
      }
      return { ...real, ...told }
    },
  })
})
afterAll(() => world.close())

const parts = () => world.parts
type Colours = readonly (string | null)[]

async function compare(
  of: Colours,
  on?: IdOf<"project">,
  attachments: readonly IdOf<"attachment">[] = [],
) {
  const projectId =
    on ?? (await world.act((ctx) => createProject(ctx, { name: "Paint", preview: "private" }))).id
  const base = await world.repositories.of(projectId).head()
  const candidates = of.map((colour) => ({ model: colour && `script:${colour}` }))
  const asked = { projectId, goal: "Paint it", attachments, candidates, base }
  const { id } = await world.act((ctx) => startComparison(ctx, parts(), asked))
  return { projectId, id, runIds: (await read(id)).candidates.map(({ runId }) => runId) }
}
const read = (id: IdOf<"comparison">) =>
  world.act(async (ctx) => readComparison(ctx, await needComparison(ctx, id)))
const promote = (comparisonId: IdOf<"comparison">, runId: IdOf<"run"> | undefined) =>
  world.act(async (ctx) => {
    const { projectId } = await needComparison(ctx, comparisonId)
    const head = await world.repositories.of(projectId).head()
    const of = { comparisonId, runId: runId ?? ("run_" as const), head }
    return promoteCandidate(ctx, world, of)
  })
const statesOf = (ids: readonly IdOf<"run">[]) =>
  Promise.all(ids.map(async (id) => (await world.run(id)).state))
const projectOf = (id: IdOf<"project">) => world.act((ctx) => needProject(ctx, id))
const heldRuns = async () => {
  const text =
    "select count(*)::int as n from quota_reservations where resource = 'concurrent_runs'"
  return (await world.db.adminPool.query(text)).rows[0].n
}
const refusal = (code: Parameters<typeof isFault>[1]) => (error: unknown) => isFault(error, code)

test("candidates work apart, wait once proved, and only the promoted one changes the project", async () => {
  const { projectId, id, runIds } = await compare(["red", "blue"])
  expect(await heldRuns()).toBe(2)
  await world.settle()
  expect(await read(id)).toMatchObject({ state: "deciding", base: null, chosen: null })
  for (const runId of runIds) {
    const run = await world.run(runId)
    expect(run).toMatchObject({ state: "running", comparisonId: id, provedAt: expect.any(String) })
    expect(run.clauses).toMatchObject([{ state: "not_built" }])
  }
  expect(await world.tree(projectId)).toEqual({})
  expect([promoted, ended, await heldRuns()]).toEqual([[], [], 2])
  expect(await projectOf(projectId)).toMatchObject({
    ...{ state: "asking", stateDetail: "2 candidates to choose from", goal: "Paint it" },
  })

  await promote(id, runIds[1])
  await promote(id, runIds[1])
  await world.settle()
  expect(await read(id)).toMatchObject({ state: "promoted", chosen: runIds[1], failure: null })
  expect(await statesOf(runIds)).toEqual(["cancelled", "partly"])
  expect((await world.run(runIds[0] ?? "run_")).failure).toBe("Run 2 was promoted in its place.")
  expect(await world.tree(projectId)).toEqual({ "colour.txt": "blue" })
  expect([promoted.length, ended, await heldRuns()]).toEqual([1, [runIds[1], runIds[0]], 0])
  const { rows } = await world.db.adminPool.query(
    "select actor_name from audit_records where action = 'comparison.promote' and subject = $1",
    [id],
  )
  expect(rows).toEqual([{ actor_name: world.org.owner.name }])
})

test("a change to an app is compared on its files, and later runs hear only of the promoted candidate", async () => {
  const { projectId } = await world.ask("Begin")
  await world.settle()
  const first = await world.repositories.of(projectId).head()
  const { id, runIds } = await compare(["red", null], projectId)
  await world.settle()
  expect(await read(id)).toMatchObject({ state: "deciding", base: first })
  expect(await world.tree(projectId)).toEqual({ "colour.txt": "plain: Begin" })
  await promote(id, runIds[0])
  await world.settle()
  expect(await world.tree(projectId)).toEqual({ "colour.txt": "red" })
  await world.ask("Go on", projectId)
  await world.settle()
  expect(await world.tree(projectId)).toEqual({ "colour.txt": "plain: Go on" })
  expect(heard()).toContain("Run 2")
  expect(heard()).not.toContain("Run 3")
})

test("each candidate has the files that came with the goal, and later runs have them once", async () => {
  const file = { name: "note.txt", bytes: Buffer.from("red, please") }
  const { id: fileId } = await world.act((ctx) => uploadAttachment(ctx, file))
  const { projectId, id, runIds } = await compare(["red", "blue"], undefined, [fileId])
  const given = await Promise.all(runIds.map(async (runId) => (await world.run(runId)).attachments))
  const path = "attachments/note.txt"
  expect(given).toMatchObject([[{ path }], [{ path }]])
  await world.settle()
  expect(heard().split(`${path}: text`)).toHaveLength(2)
  await promote(id, runIds[1])
  await world.settle()
  await world.ask("Go on", projectId)
  await world.settle()
  expect(heard().split(`${path}: text`)).toHaveLength(2)
})

test("while candidates work nothing else begins, and none is redirected or tried again", async () => {
  const { projectId, id, runIds } = await compare(["red", "grey"])
  const [one = "run_", two = "run_"] = runIds
  const another = (goal: string) => world.act((ctx) => startRun(ctx, parts(), { projectId, goal }))
  await expect(another("More")).rejects.toSatisfy(refusal("run_in_progress"))
  await expect(compare(["red", "blue"], projectId)).rejects.toSatisfy(refusal("run_in_progress"))
  await expect(
    world.act((ctx) => redirectRun(ctx, parts(), { runId: one, goal: "More" })),
  ).rejects.toSatisfy(refusal("wrong_state"))
  await expect(promote(id, one)).rejects.toSatisfy(refusal("wrong_state"))
  await world.settle()
  expect(await statesOf(runIds)).toEqual(["running", "failed"])
  await expect(world.act((ctx) => retryRun(ctx, parts(), two))).rejects.toSatisfy(
    refusal("wrong_state"),
  )
  await expect(promote(id, two)).rejects.toSatisfy(refusal("wrong_state"))
  expect((await projectOf(projectId)).stateDetail).toBe("1 candidate to decide on")
  await world.act((ctx) => cancelComparison(ctx, id))
  await world.settle()
})

test("a cancelled comparison ends all candidates with their drafts, and leaves the project as it was", async () => {
  const { projectId, id, runIds } = await compare(["red", "blue"])
  await world.settle()
  await world.act((ctx) => cancelComparison(ctx, id))
  await world.act((ctx) => cancelComparison(ctx, id))
  await expect(promote(id, runIds[0])).rejects.toSatisfy(refusal("wrong_state"))
  await world.settle()
  expect(await read(id)).toMatchObject({ state: "cancelled", chosen: null })
  expect(await statesOf(runIds)).toEqual(["cancelled", "cancelled"])
  expect([new Set(ended), await heldRuns()]).toEqual([new Set(runIds), 0])
  expect(await world.tree(projectId)).toEqual({})
})

test("where nothing is proved a comparison fails by itself, and a single candidate can be cancelled", async () => {
  const { projectId, id, runIds } = await compare(["grey", "red"])
  await world.act((ctx) => cancelRun(ctx, runIds[1] ?? "run_"))
  await world.settle()
  expect(await read(id)).toMatchObject({ state: "failed", finishedAt: expect.any(String) })
  expect(await statesOf(runIds)).toEqual(["failed", "cancelled"])
  expect(await projectOf(projectId)).toMatchObject({ state: "failed" })
})

test("a candidate that does not come up is taken back, and another can be promoted", async () => {
  const { projectId, id, runIds } = await compare(["red", "blue"])
  await world.settle()
  promotionOf = () => ({ is: "failed", why: "It crashed." })
  await promote(id, runIds[0])
  await world.settle()
  const said = await read(id)
  expect(said).toMatchObject({ state: "deciding", chosen: null })
  expect(said.failure).toContain("It crashed.")
  expect(await statesOf(runIds)).toEqual(["failed", "running"])
  expect(await world.tree(projectId)).toEqual({})
  promotionOf = () => ({ is: "done" })
  await promote(id, runIds[1])
  await expect(world.act((ctx) => cancelComparison(ctx, id))).rejects.toSatisfy(
    refusal("wrong_state"),
  )
  await world.settle()
  expect(await read(id)).toMatchObject({ state: "promoted", chosen: runIds[1] })
  expect(await world.tree(projectId)).toEqual({ "colour.txt": "blue" })
})

test("what others changed meanwhile is never undone: the promotion says so", async () => {
  const { projectId, id, runIds } = await compare(["red", "blue"])
  await world.settle()
  live = "f".repeat(40)
  await expect(promote(id, runIds[0])).rejects.toThrow(/Another version went live/)
  live = null
  await promote(id, runIds[0])
  const changes = [{ path: "mine.txt", content: Buffer.from("mine") }]
  await world.repositories
    .of(projectId)
    .commit({ parent: null, message: "Mine", author: "Mara", changes })
  await world.settle()
  const said = await read(id)
  expect(said).toMatchObject({ state: "deciding", chosen: null })
  expect(said.failure).toMatch(/files changed after the comparison began/)
  expect(await world.tree(projectId)).toEqual({ "mine.txt": "mine" })
  await expect(promote(id, runIds[0])).rejects.toSatisfy(refusal("conflict"))
  await world.act((ctx) => cancelComparison(ctx, id))
  await world.settle()
})

test("of a project that is deleted neither its comparison nor its candidates are left", async () => {
  const { projectId } = await compare(["red", "blue"])
  await world.settle()
  await world.act((ctx) => deleteProject(ctx, { id: projectId, name: "Paint" }))
  await world.settle()
  const text = `select id from runs where project_id = $1
    union all select id from comparisons where project_id = $1
    union all select holder_id from holds where parent_id = $1`
  expect((await world.db.adminPool.query(text, [projectId])).rows).toEqual([])
})

test("a candidate that waits for a choice gives its draft back, and is promoted without it", async () => {
  const running = new Set<string>()
  const machines: Sessions = {
    ...world.machines,
    draftSince: async (_, { by }) => (running.has(by.id) ? new Date(0) : undefined),
    stopDraft: async (_, { by }) => void running.delete(by.id),
  }
  const budgets = { ...defaultBudgets, run: { ...defaultBudgets.run, draftMinutesMax: 0 } }
  const { loops } = world.agentsWith({ machines, budgets })
  const { id, runIds } = await compare(["red", "blue"])
  for (const runId of runIds) running.add(runId)
  await makeDriver(world.db.adminPool).settle(loops)
  expect([(await read(id)).state, running.size]).toEqual(["deciding", 0])
  await promote(id, runIds[0])
  await world.settle()
  expect(await statesOf(runIds)).toEqual(["partly", "cancelled"])
})

test("only models that are offered are asked, and no candidate begins beside one that is not", async () => {
  await expect(compare(["red", "golden"])).rejects.toSatisfy(refusal("invalid"))
  expect(await heldRuns()).toBe(0)
})

test.each(["before", "after"] as const)(
  "killed %s any of its transactions, a promotion ends with one candidate live and the others gone",
  async (when) => {
    const { projectId, id, runIds } = await compare(["red", "blue"])
    await world.settle()
    await promote(id, runIds[0])
    const { live: alive } = makeLives(world, "everything")
    let deaths = 0
    while (!(await alive(`${when}:${deaths + 1}`))) deaths += 1
    expect(deaths).toBeGreaterThan(5)
    expect(await read(id)).toMatchObject({ state: "promoted", chosen: runIds[0], failure: null })
    expect(await statesOf(runIds)).toEqual(["partly", "cancelled"])
    expect(await world.tree(projectId)).toEqual({ "colour.txt": "red" })
    expect([new Set(promoted).size, new Set(ended), await heldRuns()]).toEqual([
      ...[1, new Set(runIds), 0],
    ])
  },
  60_000,
)
