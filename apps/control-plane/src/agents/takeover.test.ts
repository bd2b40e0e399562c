import { APICallError, type LanguageModelV4 } from "@ai-sdk/provider"
import { afterEach, expect, test } from "vitest"
import type { Models } from "./models/model.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { scriptedModel } from "./testing/scripted-model.ts"
import { smallApp, smallAppTree } from "./testing/small-app.ts"

let world: AgentsWorld | undefined
afterEach(() => world?.close())

/** A model that refuses every request after its first `answered` ones. */
function refusing(status: number, answered = 0): LanguageModelV4 & { asked: number } {
  const small = scriptedModel(smallApp)
  return {
    ...small,
    ...{ modelId: "first", asked: 0 },
    async doStream(options) {
      this.asked += 1
      if (this.asked <= answered) return small.doStream(options)
      const request = { url: "http://model", requestBodyValues: {}, responseHeaders: {} }
      throw new APICallError({ ...request, message: "no", statusCode: status, responseBody: "" })
    },
  }
}

function lineOf(first: LanguageModelV4, ...others: LanguageModelV4[]): Models {
  const [second, ...rest] = others
  const info = { provider: "script", model: first.modelId, simulated: true, label: first.modelId }
  const next = second ? { next: lineOf(second, ...rest).for("planning") } : {}
  return { for: () => ({ model: first, info, trust: "untrusted", ...next }) }
}

async function build(models: Models) {
  world = await agentsWorld({ models })
  const { runId, projectId } = await world.ask("Say hello")
  await world.settle()
  const steps = (await world.steps(runId)).filter(({ kind }) => kind === "model")
  return { run: await world.run(runId), steps, tree: await world.tree(projectId) }
}

test.each([
  ["from its first request on", 0],
  ["in the middle of its work", 2],
])(
  "a model that fails for good %s is followed by the next, and that is said",
  async (_, answered) => {
    const first = refusing(401, answered)
    const second = { ...scriptedModel(smallApp), modelId: "second" }
    const { run, steps, tree } = await build(lineOf(first, second))
    expect(run.state).toBe("succeeded")
    expect(tree).toEqual(smallAppTree)
    const failed = steps.filter(({ ok }) => !ok)
    expect(failed[0]).toMatchObject({
      name: "first",
      title: "The model's server refused the key (401). From here on second is asked.",
    })
    // Each task begins with the first model, and does not come back to it.
    expect(new Set(failed.map(({ taskId }) => taskId)).size).toBe(failed.length)
    expect(first.asked).toBe(answered + failed.length)
    expect(run.tasks.every(({ tries }) => tries === 1)).toBe(true)
  },
)

test("when the last of a line fails for good, the run fails with what that one said", async () => {
  const { run, steps } = await build(lineOf(refusing(401), refusing(402)))
  expect(run.failure).toMatch(/has nothing left \(402\)\.$/)
  expect(steps.map(({ title }) => title)).toEqual([
    expect.stringMatching(/\(401\)\. From here on first is asked\./),
    expect.stringMatching(/\(402\)\.$/),
  ])
})
