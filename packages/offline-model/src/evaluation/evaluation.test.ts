import { existsSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import recorded from "./recorded-scores.json" with { type: "json" }
import { type Expected, scoreOf } from "./score.ts"

const halves = Object.entries(recorded).filter(([half]) => existsSync(fileOf(half)))

test.for(halves)("the %s prompts are understood as well as recorded", ([half, least]) => {
  const { entities, fields, refusals, partial, wronglyRefused } = scoreOf(promptsOf(half))
  expect(entities.expected).toBe(least.entities.expected)
  expect(fields.expected).toBe(least.fields.expected)
  expect(entities.found).toBeGreaterThanOrEqual(least.entities.found)
  expect(fields.found).toBeGreaterThanOrEqual(least.fields.found)
  expect(fields.rightType).toBeGreaterThanOrEqual(least.fields.rightType)
  expect(refusals.honest).toBeGreaterThanOrEqual(least.refusals.honest)
  expect(partial.honest).toBeGreaterThanOrEqual(least.partial.honest)
  expect(wronglyRefused).toBeLessThanOrEqual(least.wronglyRefused)
})

function fileOf(half: string): URL {
  return new URL(`${half}-prompts.json`, import.meta.url)
}

function promptsOf(half: string): Expected[] {
  // the file is ours and lies beside this test
  return JSON.parse(readFileSync(fileOf(half), "utf8")) as Expected[]
}
