import type { LanguageModelV4CallOptions } from "@ai-sdk/provider"
import { expect, onTestFinished, test } from "vitest"
import type { Models } from "./models/model.ts"
import { agentsWorld } from "./testing/agents-world.ts"
import { scriptedModel } from "./testing/scripted-model.ts"

test("a role's temperature and limits are those its models are asked with, and end its task", async () => {
  const asked: LanguageModelV4CallOptions[] = []
  const script = scriptedModel(() => ({
    calls: [{ name: "list_files", input: {} }],
    inputTokens: 20_000,
  }))
  const model = {
    ...script,
    doStream: (options: LanguageModelV4CallOptions) => {
      asked.push(options)
      return script.doStream(options)
    },
  }
  const info = { provider: "anthropic", model: "claude-haiku-4-5", simulated: false, label: "x" }
  const models: Models = {
    for: () => ({ model, info, trust: "untrusted" }),
    limits: () => ({ temperature: 0.3, outputTokensMax: 5000, centsMax: 3 }),
  }
  const world = await agentsWorld({ models })
  onTestFinished(() => world.close())
  const { runId } = await world.ask("Say hello")
  await world.settle()
  const run = await world.run(runId)
  // Two answers of two cents each: after the second nothing is left.
  expect(asked.map(({ temperature, maxOutputTokens }) => [temperature, maxOutputTokens])).toEqual([
    [0.3, 5000],
    [0.3, 5000],
  ])
  expect(run.tasks[0]).toMatchObject({
    state: "failed",
    evidence: "The task used all of its $0.03.",
  })
})
