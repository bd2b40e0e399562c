import { APICallError, type LanguageModelV4 } from "@ai-sdk/provider"
import { expect, test } from "vitest"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { scriptedModel } from "./testing/scripted-model.ts"
import { smallApp } from "./testing/small-app.ts"

const tooMany = () =>
  new APICallError({
    ...{ message: "slow down", url: "http://model", requestBodyValues: {} },
    ...{ statusCode: 429, responseHeaders: {}, responseBody: "" },
  })

/** Builds the small app as a model of that name; its first request is refused with 429. */
async function worldOf(provider: string, name: string): Promise<AgentsWorld> {
  const brain = scriptedModel(smallApp)
  let asked = 0
  const model: LanguageModelV4 = {
    ...brain,
    doStream: async (options) => {
      asked += 1
      if (asked === 1) throw tooMany()
      return brain.doStream(options)
    },
  }
  const info = { provider, model: name, simulated: false, label: name }
  return agentsWorld({ models: { for: () => ({ model, info, trust: "untrusted" }) } })
}

async function build(world: AgentsWorld) {
  const { runId } = await world.ask("Say hello")
  await world.settle()
  const run = await world.run(runId)
  const answers = (await world.steps(runId)).filter(({ kind }) => kind === "model")
  return { run, answers }
}

/** What the run's page was told of it, in order. */
async function told(world: AgentsWorld, runId: string) {
  const { rows } = await world.db.adminPool.query(
    "select data from live_events where kind = 'run.changed' and topic = $1 order by sequence",
    [`run:${runId}`],
  )
  return rows.map(({ data }) => data)
}

test("a wait for the provider is told while it lasts, and what each answer cost", async () => {
  const world = await worldOf("anthropic", "claude-haiku-4-5-20251001")
  const { run, answers } = await build(world)
  expect(run.state).toBe("succeeded")
  const waits = (await told(world, run.id)).map(({ tasks }) => tasks[0].providerWait)
  const wait = waits.find((each) => each !== null)
  expect(wait.reason).toBe("The model's server has too many requests (429).")
  expect(Date.parse(wait.until)).toBeGreaterThan(Date.parse(wait.since))
  expect(waits.at(-1)).toBeNull()
  expect(run.tasks.map(({ providerWait }) => providerWait)).toEqual(run.tasks.map(() => null))

  // Ten tokens read at a dollar a million, five written at five dollars.
  expect(answers.map(({ costCents }) => costCents)).toEqual(answers.map(() => 0.0035))
  const cents = expect.closeTo(answers.length * 0.0035)
  expect(run.cost).toEqual({ cents, unpriced: 0 })
  const ofTasks = run.tasks.reduce((sum, { cost }) => sum + cost.cents, 0)
  expect(ofTasks).toBeCloseTo(run.cost.cents)
  const grown = (await told(world, run.id)).map(({ cost }) => cost.cents)
  expect(new Set(grown).size).toBe(answers.length + 1)
  await world.close()
})

test("answers of a model whose price is not known are counted, not called free", async () => {
  const world = await worldOf("compatible", "llama3")
  const { run, answers } = await build(world)
  expect(run.cost).toEqual({ cents: 0, unpriced: answers.length })
  expect(answers.every(({ costCents }) => costCents === null)).toBe(true)
  await world.close()
})
