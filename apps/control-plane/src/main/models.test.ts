import { expect, test } from "vitest"
import { makeModels } from "../agents/index.ts"
import { simulatedParts } from "./models.ts"

const sentences = (roles: Record<string, string>, url: string) => {
  const settings = { VIBECAAS_MODEL_BASE_URL: url }
  const made = makeModels({ default: "compatible:m", roles, settings, fetch })
  if (!made.ok) throw new Error(made.mistakes.join())
  return simulatedParts(made.models, true).map(({ sentence }) => sentence)
}

test("people are told which agents ask no real model, and what answers instead", () => {
  expect(sentences({}, "http://127.0.0.1:11434/v1")).toEqual([])
  const simulator = "http://127.0.0.1:4000/simulated/ollama/v1"
  expect(sentences({}, simulator)).toEqual([
    "language model: the agents ask a simulator of models, which is no real one",
  ])
  expect(sentences({ testing: "offline" }, simulator)).toEqual([
    expect.stringMatching(/^language model: testing build starters/),
    expect.stringMatching(/^language model: planning, .*integration ask a simulator/),
  ])
})
