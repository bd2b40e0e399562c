import type { Answer } from "./ask-platform.ts"
import type { Tried } from "./perform.ts"
import type { Prompt } from "./prompt.ts"
import { type Said, saidOf } from "./said.ts"

/** One wish: what the platform says of it beside what a visitor found. */
export interface WishScore {
  words: string
  said: Said
  test: Tried["state"] | "none"
  why: string | null
  /** said to be built, and it is not */
  wronglyGreen: boolean
  /** said not to be built, and it works */
  undersold: boolean
}

export interface Score
  extends Pick<
    Answer,
    | "outcome"
    | "reason"
    | "starter"
    | "waited"
    | "tokens"
    | "cents"
    | "unpriced"
    | "questions"
    | "seconds"
  > {
  id: string
  language: Prompt["language"]
  expect: Prompt["expect"]
  text: string
  declined: "rightly" | "wrongly" | "not, wrongly" | "no"
  wishes: WishScore[]
  /** of the tests that could be tried, how many passed */
  tests: "all" | "some" | "none" | "untried"
}

/** Holds what the platform says of a prompt against what was found in its app. */
export function scoreOf(prompt: Prompt, answer: Answer, tried: readonly (Tried | null)[]): Score {
  const { outcome, reason, starter, waited, tokens, cents, unpriced, questions, seconds } = answer
  const said = saidOf(
    prompt.text,
    prompt.clauses.map(({ words }) => words),
    answer,
  )
  const wishes = prompt.clauses.map((wish, index): WishScore => {
    const test = tried[index] ?? null
    const says = said[index] ?? "nothing"
    const isNot = test?.state === "failed" || wish.impossible !== undefined
    return {
      words: wish.words,
      said: says,
      test: test?.state ?? "none",
      why: test?.why ?? wish.impossible ?? null,
      wronglyGreen: outcome === "built" && says === "built" && isNot,
      undersold: says === "not built" && test?.state === "passed",
    }
  })
  return {
    ...{ id: prompt.id, language: prompt.language, expect: prompt.expect, text: prompt.text },
    ...{ outcome, reason, starter, waited, declined: declinedHow(prompt.expect, outcome), wishes },
    ...{ tests: testsOf(wishes), tokens, cents, unpriced, questions, seconds },
  }
}

function declinedHow(expect: Prompt["expect"], outcome: Answer["outcome"]): Score["declined"] {
  if (outcome === "declined") return expect === "build" ? "wrongly" : "rightly"
  // Whoever is asked which app it is to be was told that it can be built.
  return expect === "decline" && outcome !== "failed" ? "not, wrongly" : "no"
}

function testsOf(wishes: readonly WishScore[]): Score["tests"] {
  const tried = wishes.filter(({ test }) => test === "passed" || test === "failed")
  const passed = tried.filter(({ test }) => test === "passed").length
  if (tried.length === 0) return "untried"
  if (passed === tried.length) return "all"
  return passed > 0 ? "some" : "none"
}

/** Sums over many prompts, which the table and the file have. */
export function totalsOf(scores: readonly Score[]) {
  const count = (is: (score: Score) => boolean) => scores.filter(is).length
  const wishes = scores.flatMap((score) => (score.outcome === "declined" ? [] : score.wishes))
  const these = (is: (wish: WishScore) => boolean) => wishes.filter(is).length
  const sum = (of: (score: Score) => number) => scores.reduce((all, each) => all + of(each), 0)
  return {
    prompts: scores.length,
    outcomes: {
      ...{ built: count(({ outcome }) => outcome === "built") },
      ...{ waited: count(({ waited }) => waited) },
      ...{ waiting: count(({ outcome }) => outcome === "waiting") },
      ...{ declined: count(({ outcome }) => outcome === "declined") },
      ...{ failed: count(({ outcome }) => outcome === "failed") },
    },
    declined: {
      ...{ rightly: count(({ declined }) => declined === "rightly") },
      ...{ wrongly: count(({ declined }) => declined === "wrongly") },
      ...{ builtInstead: count(({ declined }) => declined === "not, wrongly") },
    },
    wishes: {
      ...{ all: wishes.length, accountedFor: these(({ said }) => said !== "nothing") },
      ...{ saidBuilt: these(({ said }) => said === "built") },
      ...{ passed: these(({ test }) => test === "passed") },
      ...{ failed: these(({ test }) => test === "failed") },
      ...{ wronglyGreen: these(({ wronglyGreen }) => wronglyGreen) },
      ...{ undersold: these(({ undersold }) => undersold) },
    },
    tests: {
      ...{
        all: count(({ tests }) => tests === "all"),
        some: count(({ tests }) => tests === "some"),
      },
      ...{ none: count(({ tests }) => tests === "none") },
    },
    ...{ tokens: sum(({ tokens }) => tokens), cents: sum(({ cents }) => cents) },
    ...{ unpriced: sum(({ unpriced }) => unpriced), questions: sum(({ questions }) => questions) },
    secondsMedian: median(scores.map(({ seconds }) => seconds)),
  }
}
export type Totals = ReturnType<typeof totalsOf>

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
