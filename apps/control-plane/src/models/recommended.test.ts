import { expect, test } from "vitest"
import { testMasterKey } from "../db/testing/seed.ts"
import { sealKey } from "./provider-key.ts"
import { reachOf, settable } from "./reach.ts"
import { recommendedLine } from "./recommended.ts"

function reachesWith(...keyed: string[]) {
  const environment = { GOOGLE_GENERATIVE_AI_API_KEY: "in the environment" }
  const rowOf = (provider: string) => ({
    ...{ provider, sealedKey: sealKey(testMasterKey, provider, "k"), keyEnds: null, address: null },
    ...{ setAt: new Date(0), setById: "u", setByName: "U" },
  })
  return settable.map((provider) => {
    const row = keyed.includes(provider.name) ? rowOf(provider.name) : undefined
    return reachOf(provider, row, { environment, masterKey: testMasterKey })
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
