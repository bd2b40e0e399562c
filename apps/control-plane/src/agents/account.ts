import type { Clause } from "@vibecaas/contract/goal"
import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import { z } from "zod"

/**
 * A run keeps account of its goal: each wish in it is a *clause*, in the person's own words, and is
 * in the end built, with what proves it, or not built, with the reason. What asks for nothing is
 * *filler*, and is named too, so that no word of a goal is dropped without being seen. What people
 * wrote to the run, once an agent was told of it, is accounted for passage by passage in the same way,
 * and so is each file that came with the goal, by its path.
 */

/** What somebody said became of a wish. */
export const accounted = z.object({
  words: z.string(),
  /** `asks_nothing` is said only of passages of messages: those of a goal are the plan's filler */
  state: z.enum(["built", "not_built", "asks_nothing"]),
  why: z.string(),
})
export type Accounted = z.infer<typeof accounted>

/** Who proves what others wrote. */
export const isVerifier = (role: AgentRole) => role === "testing" || role === "integration"

/** A text with every blank as one space, as passages of it are compared. */
export const squeezed = (text: string) => text.replaceAll(/\s+/g, " ").trim()

export const occursIn = (goal: string, words: string) =>
  squeezed(words) !== "" && squeezed(goal).includes(squeezed(words))

/**
 * The passages of a goal that stand in no clause and are no filler. A clause covers one passage: the
 * next one after the clause before it, else the first that is free. Filler covers all of its own.
 */
export function uncovered(
  goal: string,
  { clauses, filler }: { clauses: readonly string[]; filler: readonly string[] },
): string[] {
  const text = squeezed(goal)
  const covered = new Set<number>()
  const cover = (from: number, length: number) => {
    for (let at = from; at < from + length; at++) covered.add(at)
  }
  let end = 0
  for (const words of clauses.map(squeezed)) {
    const places = placesOf(text, words)
    const free = places.filter((from) => isFree(covered, from, words.length))
    const place = free.find((from) => from >= end) ?? free[0] ?? places[0]
    if (place === undefined) continue
    cover(place, words.length)
    end = place + words.length
  }
  for (const words of filler.map(squeezed)) {
    const free = placesOf(text, words).filter((from) => isFree(covered, from, words.length))
    const alone = free.filter((from) => standsAlone(text, from, words.length))
    for (const from of alone.length > 0 ? alone : free.slice(0, 1)) cover(from, words.length)
  }
  return passages(text, covered)
}

function placesOf(text: string, words: string): number[] {
  const places: number[] = []
  if (words === "") return places
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at)
  return places
}

function isFree(covered: ReadonlySet<number>, from: number, length: number): boolean {
  for (let at = from; at < from + length; at++) if (covered.has(at)) return false
  return true
}

const says = /[\p{L}\p{N}]/u
const standsAlone = (text: string, from: number, length: number) =>
  !says.test(text[from - 1] ?? " ") && !says.test(text[from + length] ?? " ")

/** What is left between the covered places, as far as it says anything. */
function passages(text: string, covered: ReadonlySet<number>): string[] {
  const units = text.split("")
  const marked = units.map((unit, at) => (covered.has(at) ? "\n" : unit)).join("")
  return marked
    .split("\n")
    .filter((passage) => says.test(passage))
    .map((passage) => passage.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
}

/**
 * The clauses with what became of each; the newest account of a wish counts. What nobody accounted
 * for is not built, and a wish that the plan took for filler becomes a clause, as do those of messages.
 */
export function settled(
  clauses: readonly Clause[],
  accounts: readonly Accounted[],
  messages: readonly string[] = [],
): Clause[] {
  const newest = new Map(accounts.map((each) => [squeezed(each.words), each]))
  const known = new Set(clauses.map(({ words }) => squeezed(words)))
  const ended = clauses.map((clause): Clause => {
    const account = newest.get(squeezed(clause.words))
    if (account && account.state !== "asks_nothing") {
      return { ...clause, state: account.state, why: account.why }
    }
    return clause.state === "planned" ? { ...clause, state: "not_built", why: unproved } : clause
  })
  const more = [...newest].flatMap(([words, { state, ...each }]): Clause[] =>
    known.has(words) || state === "asks_nothing" ? [] : [{ ...each, state }],
  )
  const open = openPassages(messages, accounts)
  return [
    ...ended,
    ...more,
    ...open.map((words): Clause => ({ words, state: "not_built", why: unproved })),
  ]
}

/** Passages of messages of which nobody has said what became of them. */
export function openPassages(
  messages: readonly string[],
  accounts: readonly Accounted[],
): string[] {
  return messages.flatMap((text) => {
    const about = accounts.filter(({ words }) => occursIn(text, words))
    const wordsOf = (asksNothing: boolean) =>
      about.flatMap(({ words, state }) =>
        (state === "asks_nothing") === asksNothing ? [words] : [],
      )
    return uncovered(text, { clauses: wordsOf(false), filler: wordsOf(true) })
  })
}

const unproved = "Nobody showed that it works."

/** Planned wishes of which nobody has said yet what became of them. */
export function openClauses(clauses: readonly Clause[], accounts: readonly Accounted[]): string[] {
  const said = new Set(accounts.map(({ words }) => squeezed(words)))
  return clauses
    .filter(({ words, state }) => state === "planned" && !said.has(squeezed(words)))
    .map(({ words }) => words)
}
