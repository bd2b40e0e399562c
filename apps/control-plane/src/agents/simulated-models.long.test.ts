import { systemClock } from "@vibecaas/kernel/clock"
import { makeOfflineModel } from "@vibecaas/offline-model"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makeModels } from "./models/make-models.ts"
import type { Models } from "./models/model.ts"
import { type Brain, brainOf, byName } from "./simulators/behaviours.ts"
import { type Simulator, startSimulator } from "./simulators/simulator.ts"
import { starterBrain } from "./simulators/starter-brain.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { scriptedModel } from "./testing/scripted-model.ts"
import { smallApp, smallAppTree } from "./testing/small-app.ts"
import { defaultBudgets } from "./work/budget.ts"

/** Providers, and faults that only the first request meets. */
const passing = [
  ["openai", "fail-500-once"],
  ["anthropic", "overloaded-once"],
  ["google", "close-mid-stream-once"],
  ["compatible", "die-mid-stream-once"],
] as const

let simulator: Simulator
const worlds: AgentsWorld[] = []

beforeAll(async () => {
  simulator = await startSimulator({
    behave: byName({
      offline: starterBrain(brainOf(makeOfflineModel()), { id: "record-keeper", parameters: {} }),
      ...smallAppBrains(),
    }),
    clock: systemClock,
    apiKey: "secret-key",
  })
})
afterAll(async () => {
  for (const world of worlds) await world.close()
  await simulator.close()
})

/** Brains that build the small app, under the names of faults that pass. */
function smallAppBrains(): Record<string, Brain> {
  const small = brainOf(scriptedModel(smallApp))
  return Object.fromEntries(passing.map(([, fault]) => [fault, small]))
}

/** A world whose agents reach their model through the simulator's socket. */
async function worldWith(
  model: string,
  { key = "secret-key", provider = "compatible", as = (models: Models) => models } = {},
): Promise<AgentsWorld> {
  const settings = {
    ...{ VIBECAAS_MODEL_BASE_URL: simulator.url("compatible"), VIBECAAS_MODEL_API_KEY: key },
    ...{ ANTHROPIC_BASE_URL: simulator.url("anthropic"), ANTHROPIC_API_KEY: key },
    ...{ OPENAI_BASE_URL: simulator.url("openai"), OPENAI_API_KEY: key },
    GOOGLE_GENERATIVE_AI_BASE_URL: simulator.url("google"),
    GOOGLE_GENERATIVE_AI_API_KEY: key,
  }
  // Only the slow one is to be found too slow, also on a busy machine.
  const firstMsMax = model === "slow" ? 500 : 10_000
  const made = makeModels({ default: `${provider}:${model}`, settings, fetch })
  if (!made.ok) throw new Error(made.mistakes.join())
  const budgets = {
    ...defaultBudgets,
    task: { ...defaultBudgets.task, stepsMax: 12 },
    call: { ...defaultBudgets.call, attemptsMax: 2, patienceMsMax: 2000, firstMsMax },
  }
  const world = await agentsWorld({ models: as(made.models), budgets })
  worlds.push(world)
  return world
}

async function outcome(world: AgentsWorld, goal = "Say hello") {
  const asked = await world.ask(goal)
  await world.settle()
  return { ...asked, run: await world.run(asked.runId) }
}

/** The same models, said to be real: what is counted of a real model is counted of them. */
const calledReal = (models: Models): Models => ({
  for(role) {
    const entry = models.for(role)
    return { ...entry, info: { ...entry.info, simulated: false } }
  },
})

test("the main job passes through a compatible server with streamed tool calls", async () => {
  const world = await worldWith("offline", { as: calledReal })
  const { run, projectId } = await outcome(world, "Something that keeps what we know of clients")
  expect(run).toMatchObject({ state: "succeeded", failure: null })
  expect(run.model).toMatchObject({ provider: "compatible", model: "offline" })
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

test.each(passing)(
  "a run passes through the wire of %s after %s, in its first try, and costs nobody a token",
  async (provider, fault) => {
    const world = await worldWith(fault, { provider })
    const { run, projectId } = await outcome(world)
    expect(run).toMatchObject({ state: "succeeded", model: { provider, simulated: true } })
    expect(run.tasks.every(({ tries }) => tries === 1)).toBe(true)
    expect(await world.tree(projectId)).toEqual(smallAppTree)
    const { rows } = await world.db.adminPool.query(
      "select 1 from usage_events where meter like 'agent.tokens.%'",
    )
    expect(rows).toEqual([])
  },
  60_000,
)

test.each([
  ["fail-500", /answered 500/, 1],
  ["rate-limit", /too many requests/, 1],
  ["die-mid-stream", /broke off|could not be read|cannot be reached/, undefined],
  ["slow", /was silent for/, 3],
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
  const before = simulator.heard.length
  const { run } = await outcome(await worldWith("offline", { key: "wrong-key" }))
  expect(run.failure).toMatch(/refused the key \(401\)/)
  expect(run.tasks[0]?.tries).toBe(1)
  expect(simulator.heard).toHaveLength(before)
})
