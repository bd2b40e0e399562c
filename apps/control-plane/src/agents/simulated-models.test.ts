import { systemClock } from "@vibecaas/kernel/clock"
import { makeOfflineModel } from "@vibecaas/offline-model"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makeModels } from "./models/make-models.ts"
import { hostileModel } from "./simulators/openai-compatible/hostile-model.ts"
import { type Simulator, startSimulator } from "./simulators/openai-compatible/simulator.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { scriptedModel } from "./testing/scripted-model.ts"
import { smallApp, smallAppTree } from "./testing/small-app.ts"
import { defaultBudgets } from "./work/budget.ts"

let simulator: Simulator
const worlds: AgentsWorld[] = []

beforeAll(async () => {
  simulator = await startSimulator({
    brains: {
      offline: makeOfflineModel(),
      hostile: hostileModel([]),
      small: scriptedModel(smallApp),
      ...misbehavingOnce(),
    },
    clock: systemClock,
    apiKey: "secret-key",
  })
})
afterAll(async () => {
  for (const world of worlds) await world.close()
  await simulator.close()
})

/** Brains that build the small app, under the names of faults that pass. */
function misbehavingOnce() {
  const names = ["fail-500", "rate-limit", "die-mid-stream", "nonsense", "unknown-tool", "loop"]
  return Object.fromEntries(names.map((name) => [`${name}-once`, scriptedModel(smallApp)]))
}

/** A world whose agents reach their model through the simulator's socket. */
async function worldWith(model: string, key = "secret-key"): Promise<AgentsWorld> {
  const made = makeModels({
    default: `compatible:${model}`,
    settings: { VIBECAAS_MODEL_BASE_URL: simulator.baseUrl, VIBECAAS_MODEL_API_KEY: key },
    fetch,
  })
  if (!made.ok) throw new Error(made.mistakes.join())
  const budgets = {
    ...defaultBudgets,
    task: { ...defaultBudgets.task, stepsMax: 12 },
    call: { ...defaultBudgets.call, attemptsMax: 2, patienceMsMax: 2000, firstMsMax: 2000 },
  }
  const world = await agentsWorld({ models: made.models, budgets })
  worlds.push(world)
  return world
}

async function outcome(world: AgentsWorld, goal = "Say hello") {
  const asked = await world.ask(goal)
  await world.settle()
  return { ...asked, run: await world.run(asked.runId) }
}

test("the main job passes through a compatible server with streamed tool calls", async () => {
  const world = await worldWith("offline")
  const { run, projectId } = await outcome(
    world,
    "A reading list: books with title, author, pages and a finished flag; I want to filter unfinished ones",
  )
  expect(run).toMatchObject({ state: "succeeded", failure: null })
  expect(run.model).toMatchObject({ provider: "compatible", model: "offline", simulated: false })
  expect(run.inputTokens).toBeGreaterThan(0)
  expect(Object.keys(await world.tree(projectId))).toContain("server.js")
  const { rows } = await world.db.adminPool.query(
    "select meter, sum(quantity)::int as total from usage_events group by meter",
  )
  expect(Object.fromEntries(rows.map((row) => [row.meter, row.total]))).toMatchObject({
    "agent.tokens.input": run.inputTokens,
    "agent.tokens.output": run.outputTokens,
  })
}, 120_000)

test.each(["fail-500-once", "rate-limit-once", "die-mid-stream-once"])(
  "after %s the same request is made again and the run succeeds in its first try",
  async (model) => {
    const world = await worldWith(model)
    const { run, projectId } = await outcome(world)
    expect(run).toMatchObject({ state: "succeeded" })
    expect(run.tasks.every(({ tries }) => tries === 1)).toBe(true)
    expect(await world.tree(projectId)).toEqual(smallAppTree)
  },
  60_000,
)

test.each([
  ["fail-500", /answered 500/, 1],
  ["rate-limit", /too many requests/, 1],
  ["die-mid-stream", /broke off|could not be read|cannot be reached/, undefined],
  ["slow", /silent for 2 s/, 3],
])(
  "with %s the run fails after its tries, with evidence",
  async (model, evidence, tries) => {
    const { run } = await outcome(await worldWith(model))
    expect(run).toMatchObject({ state: "failed" })
    expect(run.failure).toMatch(evidence)
    expect(run.tasks.map(({ state }) => state)).toEqual(["failed"])
    // A connection that breaks early looks like a server that is away, which needs no other try.
    if (tries !== undefined) expect(run.tasks[0]?.tries).toBe(tries)
  },
  60_000,
)

test.each(["nonsense", "unknown-tool", "loop"])(
  "with %s the run ends by its budget, with evidence",
  async (model) => {
    const world = await worldWith(model)
    const { run, runId } = await outcome(world)
    expect(run).toMatchObject({ state: "failed" })
    expect(run.failure).toMatch(/used all of its 12 model calls/)
    const steps = await world.steps(runId)
    expect(steps.filter(({ kind }) => kind === "model")).toHaveLength(12)
  },
  60_000,
)

test("a refused key fails the run at once and says so", async () => {
  const before = simulator.requests()
  const { run } = await outcome(await worldWith("offline", "wrong-key"))
  expect(run.failure).toMatch(/refused the key \(401\)/)
  expect(run.tasks[0]?.tries).toBe(1)
  expect(simulator.requests()).toBe(before)
})
