import { expect, test } from "vitest"
import type { Answer } from "./ask-platform.ts"
import type { Tried } from "./perform.ts"
import type { Prompt } from "./prompt.ts"
import { saidOf } from "./said.ts"
import { scoreOf, totalsOf } from "./score.ts"
import { remarksOf, totalsInWords } from "./table.ts"

const text = "a list of books, only I can write, and mails to me"
const steps = [{ see: "x" }]
const asked: Prompt = {
  ...{ id: "books", language: "en", expect: "build", text },
  clauses: [
    { words: "a list of books", steps },
    { words: "only I can write", steps },
    { words: "mails to me", impossible: "an app here sends no mail" },
  ],
}
const answer: Answer = {
  ...{
    outcome: "built",
    reason: null,
    project: null,
    starter: null,
    waited: false,
    url: "http://app",
    filler: ["and"],
  },
  said: [
    { words: "a list of books, only", built: true },
    { words: "I can write", built: true },
    { words: "mails to me", built: true },
  ],
  ...{ tokens: 0, cents: 0, unpriced: 0, questions: 0, seconds: 3 },
}
const passed: Tried = { state: "passed", why: null }
const failed: Tried = { state: "failed", why: "anybody can" }

test("a wish that is said to be built and is not is wrongly green, so is what no app can do", () => {
  const score = scoreOf(asked, answer, [passed, failed, null])
  expect(score.wishes.map(({ wronglyGreen }) => wronglyGreen)).toEqual([false, true, true])
  expect(score.tests).toBe("some")
  expect(remarksOf(score).join("\n")).toContain("anybody can")
  expect(totalsOf([score]).wishes).toMatchObject({ all: 3, accountedFor: 3, wronglyGreen: 2 })
})

test("what is said not to be built is not green, and undersold where it works", () => {
  const honest = { ...answer, said: answer.said.map((each) => ({ ...each, built: false })) }
  const score = scoreOf(asked, honest, [passed, failed, null])
  expect(score.wishes.map(({ wronglyGreen }) => wronglyGreen)).toEqual([false, false, false])
  expect(score.wishes.map(({ undersold }) => undersold)).toEqual([true, false, false])
})

test("a test that could not be tried counts for nothing", () => {
  const score = scoreOf(asked, answer, [passed, { state: "untried", why: "empty" }, null])
  expect(score.tests).toBe("all")
  expect(score.wishes[1]?.wronglyGreen).toBe(false)
})

test("declining is right where nothing can be built, and wrong where something can", () => {
  const declined: Answer = { ...answer, outcome: "declined", said: [], url: null }
  const how = (expect: Prompt["expect"], given: Answer) =>
    scoreOf({ ...asked, expect }, given, []).declined
  expect(how("build", declined)).toBe("wrongly")
  expect(how("either", declined)).toBe("rightly")
  expect(how("decline", declined)).toBe("rightly")
  expect(how("decline", answer)).toBe("not, wrongly")
  expect(how("decline", { ...answer, outcome: "waiting" })).toBe("not, wrongly")
  expect(how("decline", { ...answer, outcome: "failed" })).toBe("no")
  expect(how("build", answer)).toBe("no")
})

test("each wish has what is said of its own words, however the platform cuts them", () => {
  const wishes = ["a list of books", "only I can write", "mails to me"]
  expect(saidOf(text, wishes, answer)).toEqual(["built", "built", "built"])
  const cut = [
    { words: "a list", built: true },
    { words: "of books", built: false },
  ]
  expect(saidOf(text, wishes, { said: cut, filler: ["mails to me"] })).toEqual([
    "in part",
    "nothing",
    "filler",
  ])
  const strange = [{ words: "something else", built: true }]
  expect(saidOf(text, wishes, { said: strange, filler: [] })).toEqual(Array(3).fill("nothing"))
  const twice = [
    { words: "x", built: true },
    { words: "x", built: false },
  ]
  expect(saidOf("x and x", ["x", "x"], { said: twice, filler: [] })).toEqual(["built", "not built"])
})

test("the sums say all that was measured", () => {
  const lines = totalsInWords(totalsOf([scoreOf(asked, answer, [passed, failed, null])])).join("\n")
  expect(lines).toMatch(/1 built, 0 waited for a choice and 0 still do, 0 declined, 0 failed/)
  expect(lines).toMatch(/wrongly green +2/)
  expect(lines).toMatch(/3\.0 s/)
})
