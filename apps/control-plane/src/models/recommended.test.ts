import { expect, test } from "vitest"
import { reachOf, settable } from "./reach.ts"
import { recommendedLine } from "./recommended.ts"

function reachesWith(...keyed: string[]) {
  const environment = { GOOGLE_GENERATIVE_AI_API_KEY: "in the environment" }
  const set = { address: null, setAt: new Date(0), setById: "u", setByName: "U" }
  return settable.map((provider) => {
    const { name } = provider
    const kept = { row: { provider: name, ...set }, key: "k", wrong: null }
    return reachOf(provider, keyed.includes(name) ? kept : undefined, environment)
  })
}

test("a role has its favourite first, and the others that have a key after it", () => {
  const all = reachesWith("openai", "anthropic", "google")
  expect(recommendedLine("planning", all)).toMatch(/^anthropic:.*,openai:.*,google:/)
  expect(recommendedLine("frontend", all)).toMatch(/^openai:/)
  expect(recommendedLine("backend", all)).toMatch(/^google:/)
  expect(recommendedLine("backend", reachesWith("openai"))).toMatch(/^openai:[^,]+$/)
})

test("a key of the environment alone is not used by itself", () => {
  expect(recommendedLine("backend", reachesWith())).toBeUndefined()
})
