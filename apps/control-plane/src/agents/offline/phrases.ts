/**
 * The noun phrases of a clause and what stands around each: who does what to which thing. Words
 * are told apart by small closed lists and by what stands before them, not by a dictionary.
 */
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
  /** a verb follows it */
  acts: boolean
  /** stands right before a preposition that ties the next phrase to it */
  leads: boolean
  /** words between its end and the end of the clause */
  after: number
}

const set = (words: string) => new Set(words.split(" "))

const determiners = set(
  "a an the my our your his her their its this that these those each every all any some no another per both either single various different such following",
)
const counts = set(
  "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred dozen few couple many several lots lot plenty loads tons hundreds dozens thousands more most much various handful bunch",
)
const prepositions = set(
  "of in on at for from to by with about into onto over under between among during via like as than through throughout without within against around near behind beside besides since until across along per off out up down except after before regarding concerning containing holding including",
)
const joints = set("and or nor plus & but so because if though although then while yet")
const questions = set(
  "which who whom whose what where when how why whether whenever whatever whichever wherever",
)
const pronouns = set(
  "i you he she it we they me him us them one ones myself ourselves themselves people everyone everybody everything someone somebody anybody anyone something anything nothing nobody there here that's it's there's i'm we're they're i've we've they've i'd we'd i'll we'll let's",
)
const auxiliaries = set(
  "is are was were be been being am do does did don't doesn't will would shall should can can't cannot could may might must ought 'd 'll has have had having got gets get",
)
const adverbs = set(
  "very really just only also always usually often sometimes never ever now today currently already still soon again together too well even quite rather maybe perhaps please basically simply actually etc not right mostly mainly finally first secondly next separately desperately automatically easily quickly properly long far home forever once twice instead okay ok yes hi hello hey dear thanks able nice",
)
const places = "in on at from by into near under inside outside around behind during after before"
const time = set(
  "day days week weeks month months year years morning evening night sunday monday tuesday wednesday thursday friday saturday spring summer autumn winter april minute moment time times hour date",
)

/** Verbs by their plain form; those that keep something come first. */
const keeping =
  "keep track record log store save note write jot hold capture manage organise organize catalog catalogue list collect register monitor document remember put enter add fill count see know want need gather file maintain know maintain capture digitise digitize log show have type build make create"
const having =
  "have has had having get gets got contain contains contained include includes consist consists need needs say says carry carries show shows state states mention comprise record records store stores hold holds keep keeps save track tracks capture captures list lists cover covers note notes hide is are be"
const other =
  "run love like buy sell lend borrow rent let go come live work help use look find teach learn bring take give drive grow bake brew cook drink eat read watch play collect restore repair fix depend pay lose forget miss think try start stop begin end leave offer join meet host visit check measure weigh test inspect plant tap post share send receive lend do wish require become happen argue talk ask tell call turn pass move belong handle deal sign build set sort filter plan train coach clean wash sew knit paint draw print ride hike sail fly climb swim fish hunt shoot photograph interview translate serve deliver order publish edit review rate score breed raise feed milk treat cure care donate volunteer study practise practice win celebrate travel stay ship trade swap exchange hand replace apply inherit"

const inflected = (list: string) =>
  new Set(
    list.split(" ").flatMap((verb) => {
      const stem = verb.replace(/e$/, "")
      const doubled = /[^aeiou][aeiou][bdgmnpt]$/.test(verb) ? verb + verb.at(-1) : stem
      const third = verb
        .replace(/[^aeiou]y$/, (end) => `${end[0]}ie`)
        .replace(/(?:s|x|z|ch|sh|o)$/, "$&e")
      return [verb, `${third}s`, `${stem}ing`, `${doubled}ing`, `${stem}ed`]
    }),
  )
const keepingForms = inflected(keeping)
const otherForms = inflected(other)
const havingForms = set(having)

export const isKeeping = (verb: string) => keepingForms.has(verb)
export const isHaving = (verb: string) => havingForms.has(verb)

interface State {
  found: Phrase[]
  words: string[]
  determiner: string
  counted: boolean
  preposition: string
  verb: string
  /** the next word is a verb unless it opens a phrase */
  expectsVerb: boolean
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
  const state: State = { found: [], words: [], ...fresh, at: 0 }
  tokens.forEach((token, at) => {
    state.at = at
    step(state, token, tokens[at + 1]?.toLowerCase() ?? "")
  })
  flush(state, false)
  return state.found.map((phrase) => ({ ...phrase, after: tokens.length - phrase.after }))
}

const fresh = { determiner: "", counted: false, preposition: "", verb: "", expectsVerb: false }

function step(state: State, token: string, next: string): void {
  const low = token.toLowerCase()
  if (!/[\p{L}\p{N}]/u.test(token)) breakOff(state)
  else if (determiners.has(low)) open(state, { determiner: low })
  else if (
    counts.has(low) ||
    /^\d+$/.test(low) ||
    (low === "one" && !isDoing(next) && /^\p{L}+$/u.test(next) && !auxiliaries.has(next))
  )
    open(state, { counted: true })
  else if (low === "of" && state.counted && state.words.length === 0) return
  else if (isVerbHere(state, low, next)) {
    flush(state, true)
    Object.assign(state, { ...fresh, verb: low, expectsVerb: low === "to" })
  } else if (state.words.length === 0 && isWhole(state.verb) && isAttached(state, low)) {
    // "depends on volunteers", "look after patients": objects all the same
    state.expectsVerb = false
  } else if (prepositions.has(low)) {
    const toDo = low === "to" && state.words.length === 0 && state.determiner === ""
    flush(state, false, true)
    Object.assign(state, { ...fresh, preposition: low, expectsVerb: toDo || low === "to" })
  } else if (questions.has(low)) {
    flush(state, false)
    Object.assign(state, fresh)
  } else if (joints.has(low)) {
    flush(state, false)
    Object.assign(state, { determiner: "", counted: false, expectsVerb: false })
  } else if (pronouns.has(low)) {
    flush(state, false)
    Object.assign(state, { ...fresh, expectsVerb: true })
  } else if (auxiliaries.has(low)) {
    flush(state, true)
    Object.assign(state, {
      ...fresh,
      verb: low,
      expectsVerb: !/^(?:is|are|was|were|ha\w+)$/.test(low),
    })
  } else if (adverbs.has(low)) flush(state, false)
  else {
    // "the books pupils take home": two things side by side
    if (isPlural(state.words.at(-1) ?? "") && isPlural(token) && isDoing(next))
      flush(state, false, true)
    state.words.push(token)
  }
}

const isDoing = (word: string) => keepingForms.has(word) || otherForms.has(word)
const attached = set("on of after for about through")
const particles = set("down up out")
const isAttached = ({ verb }: State, low: string) =>
  attached.has(low) || (particles.has(low) && keepingForms.has(verb))
const isWhole = (verb: string) => verb !== "" && verb !== "to" && !/^ha|^g[eo]t/.test(verb)

function open(state: State, phrase: { determiner?: string; counted?: boolean }): void {
  if (state.words.length > 0) flush(state, false)
  Object.assign(state, phrase, { expectsVerb: false })
}

function breakOff(state: State): void {
  flush(state, false)
  Object.assign(state, fresh)
}

/** A word that could be a verb is one after a pronoun or "to", or where an object follows it. */
function isVerbHere(state: State, low: string, next: string): boolean {
  if (state.expectsVerb && !prepositions.has(low) && !adverbs.has(low) && !pronouns.has(low)) {
    return !auxiliaries.has(low) && !questions.has(low) && !joints.has(low)
  }
  if (!keepingForms.has(low) && !otherForms.has(low)) return false
  if (state.words.length === 0 && (state.determiner !== "" || state.counted)) return false
  const opens = (determiners.has(next) && next !== "per") || pronouns.has(next) || counts.has(next)
  if (state.words.length === 0 && state.preposition !== "")
    return /ing$/.test(low) && (opens || keepingForms.has(low))
  if (/^(?:ha|ge|go)/.test(low)) return true
  const before = state.words.at(-1) ?? ""
  if (/^(?:keep|start|stop)/.test(state.verb) && before === "" && /ing$/.test(low)) return true
  // "record test tiles": one verb is enough
  if (before === "" && state.verb !== "" && !auxiliaries.has(state.verb)) return opens
  if (before === "" && keepingForms.has(low) && prepositions.has(next)) return true
  if (before === "") return opens || (keepingForms.has(low) && isPlural(next) && !/s$/.test(low))
  // "members pay subs", "the bank depends on": the number of both must agree
  const agrees = isPlural(before) ? !/s$|ing$/.test(low) : /s$|ed$/.test(low)
  const goesOn =
    (prepositions.has(next) && !/^(?:of|per|for|with)$/.test(next)) ||
    adverbs.has(next) ||
    isPlural(next)
  const others = /^(?:my|our|the)$/.test(state.determiner) && /^\p{L}/u.test(next)
  return (opens && !/ing$/.test(low)) || (agrees && (goesOn || others))
}

function flush(state: State, acts: boolean, leads = false): void {
  const text = state.words.join(" ")
  state.words = []
  const { determiner, counted, preposition, verb, at } = state
  if (text !== "" && !text.split(" ").every((word) => time.has(word.toLowerCase())))
    state.found.push({ text, determiner, counted, preposition, verb, acts, leads, after: at })
  if (text !== "") Object.assign(state, { determiner: "", counted: false })
}

/** "in boxes", "at the shelter": where something is rather than what it is. */
export function isWhere({ preposition }: Phrase): boolean {
  return places.split(" ").includes(preposition)
}
