import { expect, test } from "vitest"
import { withDays } from "./days.ts"
import { numbersIn } from "./numbers.ts"
import { prompt } from "./prompt.ts"
import { readPrompts, sets } from "./read-prompts.ts"
import { patternOf, preferencesOf } from "./words.ts"

test("both sets have thirty prompts each, in all languages, some of which are to be declined", () => {
  for (const set of sets) {
    const prompts = readPrompts(set)
    expect(prompts).toHaveLength(30)
    const languages = Object.groupBy(prompts, ({ language }) => language)
    expect(Object.keys(languages).sort()).toEqual(["de", "en", "es", "fr"])
    expect(prompts.some(({ expect }) => expect === "decline")).toBe(true)
  }
})

test("a prompt whose clauses are not its own words, or out of order, is refused", () => {
  const steps = [{ see: "x" }]
  const read = (...clauses: object[]) =>
    prompt.safeParse({ language: "en", expect: "build", text: "a list, with a search", clauses })
  expect(read({ words: "a list", steps }, { words: "a search" }).success).toBe(true)
  expect(read({ words: "a search", steps }, { words: "a list" }).success).toBe(false)
  expect(read({ words: "a List", steps }).success).toBe(false)
  expect(read({ words: "a list" }).success, "nothing to try").toBe(false)
  expect(read({ words: "a list", steps: [{ sea: "x" }] }).success).toBe(false)
  expect(read({ words: "a list", steps: [{ see: "{nowhere}" }] }).success).toBe(false)
})

test("a pattern keeps the order of its alternatives, those of words too", () => {
  expect(patternOf("{signOut}").test("Sign out")).toBe(true)
  expect(preferencesOf("a(b|c)|{date}|[|]").slice(0, 3)).toEqual(["a(b|c)", "date", "day"])
  expect(preferencesOf("a(b|c)|{date}|[|]").at(-1)).toBe("[|]")
})

test("days are working days ahead, Sundays, or so many from today", () => {
  const saturday = new Date("2026-03-07T12:00:00Z")
  const days = "{today} {today-4} {workday} {workday+1} {workday+4} {sunday}"
  expect(withDays(days, saturday)).toBe(
    "2026-03-07 2026-03-03 2026-03-10 2026-03-11 2026-03-17 2026-03-15",
  )
})

test("numbers are read in every notation", () => {
  expect(numbersIn("1.234,50 €")).toEqual([1234.5])
  expect(numbersIn("$1,234.50.")).toEqual([1234.5])
  expect(numbersIn("1\u202f234,5")).toContain(1234.5)
  expect(numbersIn("19 %, 22,2")).toEqual(expect.arrayContaining([19, 22.2]))
  expect(numbersIn("1.234")).toEqual([1.234, 1234])
})
