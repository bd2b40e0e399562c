/**
 * The noun phrases of a clause and what stands around each: who does what to which thing. Words
 * are told apart by small closed lists and by what stands before them, not by a dictionary.
 */
import {
  adverbs,
  auxiliaries,
  counts,
  determiners,
  isVerb,
  joints,
  keepingForms,
  pastForms,
  prepositions,
  pronouns,
  questions,
  times,
} from "./word-classes.ts"
import { isPlural } from "./words.ts"

export interface Phrase {
  text: string
  /** "each", "my", "a": in lower case */
  determiner: string
  /** "hundreds of", "four" */
  counted: boolean
  /** the preposition before it */
  preposition: string
  /** the verb it is an object of: "" when it is none */
  verb: string
  /** the verb that follows it */
  acts: string
  /** the preposition right behind it, that ties the next phrase to it */
  leads: string
  /** in a clause about somebody else: "my cat who has asthma" */
  aside: boolean
  /** words between its end and the end of the clause */
  after: number
}

interface State {
  found: Phrase[]
  words: string[]
  determiner: string
  counted: boolean
  preposition: string
  verb: string
  /** the next word is a verb unless it opens a phrase */
  expectsVerb: boolean
  aside: boolean
  at: number
}

/** The phrases of a clause in their order; what is in parentheses is left out. */
export function phrasesIn(clause: string): Phrase[] {
  const tokens =
    clause
      .replace(/\([^)]*\)?/g, " ")
      .match(
        /[\p{L}\p{N}][\p{L}\p{N}'.&/-]*[\p{L}\p{N}](?:(?<=s)'(?= ))?|[\p{L}\p{N}]|[^\s\p{L}\p{N}]/gu,
      ) ?? []
  const state: State = { found: [], words: [], ...fresh, aside: false, at: 0 }
  tokens.forEach((token, at) => {
    state.at = at
    step(state, token, tokens[at + 1]?.toLowerCase() ?? "")
  })
  state.at = tokens.length
  flush(state)
  return state.found.map((phrase) => ({ ...phrase, after: tokens.length - phrase.after }))
}

const fresh = { determiner: "", counted: false, preposition: "", verb: "", expectsVerb: false }

function step(state: State, token: string, next: string): void {
  const low = token.toLowerCase()
  if (!/[\p{L}\p{N}]/u.test(token)) breakOff(state)
  else if (low === "that" && state.words.length > 0 && pastForms.has(next)) {
    // "donations that came in"
    flush(state)
    Object.assign(state, { ...fresh, expectsVerb: true })
  } else if (determiners.has(low)) open(state, { determiner: low })
  else if (
    counts.has(low) ||
    /^\d+$/.test(low) ||
    (low === "one" && !isVerb(next) && /^\p{L}+$/u.test(next) && !auxiliaries.has(next))
  )
    open(state, { counted: true })
  else if (low === "of" && state.counted && state.words.length === 0) return
  else if (isVerbHere(state, low, next)) {
    flush(state, low)
    Object.assign(state, { ...fresh, verb: low, expectsVerb: low === "to" })
  } else if (state.words.length === 0 && isWhole(state.verb) && isAttached(state, low, next)) {
    // "depends on volunteers", "look after patients": objects all the same
    state.expectsVerb = false
    if (/^(?:is|are|was|were|be)$/.test(state.verb)) state.verb = low
  } else if (prepositions.has(low)) {
    const toDo = low === "to" && state.words.length === 0 && state.determiner === ""
    flush(state, "", low)
    Object.assign(state, { ...fresh, preposition: low, expectsVerb: toDo || low === "to" })
  } else if (isSmall(low, state)) stepSmall(state, low)
  else if (adverbs.has(low)) flush(state)
  else {
    // "the books pupils take home": two things side by side
    if (isPlural(state.words.at(-1) ?? "") && isPlural(token) && isVerb(next)) {
      flush(state, "", "that")
      state.verb = ""
    }
    state.words.push(token)
  }
}

/** Words that stand for things or tie clauses together. */
const isSmall = (low: string, { preposition }: State) =>
  questions.has(low) ||
  joints.has(low) ||
  auxiliaries.has(low) ||
  (pronouns.has(low) && !(low === "people" && preposition === "of"))

function stepSmall(state: State, low: string): void {
  const told = state.words.length > 0 && /^(?:who|whose|which)$/.test(low)
  flush(state, auxiliaries.has(low) ? low : "")
  if (questions.has(low)) {
    Object.assign(state, { ...fresh, expectsVerb: /^who(?:ever)?$/.test(low), aside: told })
  } else if (joints.has(low)) {
    Object.assign(state, { determiner: "", counted: false, expectsVerb: false })
  } else if (auxiliaries.has(low)) {
    const expectsVerb = !/^(?:is|are|was|were|ha\w+)$/.test(low)
    Object.assign(state, { ...fresh, verb: low, expectsVerb })
  } else Object.assign(state, { ...fresh, expectsVerb: true })
}

const attached = new Set(["on", "of", "after", "for", "about", "through"])
const particles = new Set(["down", "up", "out"])
const isAttached = ({ verb }: State, low: string, next: string) =>
  attached.has(low) ||
  (particles.has(low) && (keepingForms.has(verb) || low === "down")) ||
  (low === "in" && /^(?:put|typ|fill)/.test(verb) && /^(?:my|our|all|each|every)$/.test(next)) ||
  (low === "in" && /^(?:tak|hand|br[io]|giv|send|sent|took|gave|drop)/.test(verb))
const isWhole = (verb: string) => verb !== "" && verb !== "to" && !/^ha|^g[eo]t/.test(verb)

function open(state: State, phrase: { determiner?: string; counted?: boolean }): void {
  if (state.words.length > 0) flush(state, "", phrase.determiner === "per" ? "per" : "")
  Object.assign(state, phrase, { expectsVerb: false })
}

function breakOff(state: State): void {
  flush(state)
  Object.assign(state, { ...fresh, aside: false })
}

/** A word that could be a verb is one after a pronoun or "to", or where an object follows it. */
function isVerbHere(state: State, low: string, next: string): boolean {
  if (state.expectsVerb && !prepositions.has(low) && !adverbs.has(low) && !pronouns.has(low)) {
    return !auxiliaries.has(low) && !questions.has(low) && !joints.has(low)
  }
  if (!isVerb(low)) return false
  // "who has offered"
  if (/^ha[sd]|^have/.test(state.verb) && state.words.length === 0 && isDone(low)) return true
  if (state.words.length === 0 && (state.determiner !== "" || state.counted)) return false
  const opens = (determiners.has(next) && next !== "per") || isObject(next) || counts.has(next)
  if (state.words.length === 0 && state.preposition !== "")
    return /ing$/.test(low) && (opens || keepingForms.has(low))
  if (/^(?:ha|ge|go)/.test(low)) return true
  const before = state.words.at(-1) ?? ""
  // "started foraging mushrooms"
  if (state.verb !== "" && before === "" && /ing$/.test(low)) return true
  // "record test tiles": one verb is enough
  if (before === "" && state.verb !== "" && !auxiliaries.has(state.verb)) return opens
  if (before === "" && keepingForms.has(low) && prepositions.has(next)) return true
  if (before === "") return opens || (keepingForms.has(low) && isPlural(next) && !/s$/.test(low))
  // "members pay subs", "the bank depends on": the number of both must agree
  const agrees = isPlural(before) ? !/s$|ing$/.test(low) : !keepsForm(low)
  const goesOn =
    (prepositions.has(next) && !/^(?:of|per|for|with)$/.test(next)) ||
    adverbs.has(next) ||
    isPlural(next)
  if (next === "" && /^(?:holds|contains|has|shows|needs)$/.test(low)) return true
  const others = /^(?:my|our|the)$/.test(state.determiner) && /^\p{L}/u.test(next)
  return (opens && !/ing$/.test(low)) || (agrees && (goesOn || others))
}

/** "keep", "run": what one alone does not do, as what is done by one ends in -s or is past. */
const keepsForm = (low: string) => !/s$|ed$/.test(low) && !pastForms.has(low)

const isDone = (low: string) => pastForms.has(low) || /ed$/.test(low)
const isObject = (word: string) =>
  pronouns.has(word) && !/^(?:i|we|he|she|they|you|there|here)\b|'/.test(word)

function flush(state: State, acts = "", leads = ""): void {
  const text = state.words.join(" ")
  state.words = []
  const { determiner, counted, preposition, verb, aside, at } = state
  const said = { determiner, counted, preposition, verb, aside }
  if (text !== "" && !isTime(text.toLowerCase().split(" "), determiner))
    state.found.push({ ...said, text, acts, leads, after: at })
  if (text !== "") Object.assign(state, { determiner: "", counted: false })
}

/** "in boxes", "at the shelter": where something is rather than what it is. */
export function isWhere({ preposition }: Phrase): boolean {
  return /^(?:in|on|at|from|by|into|near|under|around|behind|during|after|before)$/.test(
    preposition,
  )
}

/** "last spring", "every second Sunday" */
function isTime(words: string[], determiner: string): boolean {
  const often = /^(?:each|every)$/.test(determiner)
  return often ? times.has(words.at(-1) ?? "") : words.every((word) => times.has(word))
}
