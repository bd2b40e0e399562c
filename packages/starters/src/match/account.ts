/**
 * Says of every word of a prompt what of a starter it became: a part that the starter has, a value
 * that was read, or nothing. What no words of the starter speak of is not built.
 */
import type { DataModel } from "@vibecaas/contract/data-model"
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import { type Described, headPhrases, holds } from "./catalogue.ts"
import { isOf, partsOf, passageOf, saidIn } from "./clauses.ts"
import { modelHas, wordsOfModel } from "./model/features.ts"
import type { ModelPart } from "./model/model-of.ts"
import { includePhrases } from "./phrases.ts"
import { purposeAfter } from "./purposes.ts"
import type { ReadValue } from "./read-value.ts"
import { quotesIn } from "./said.ts"
import { alike, carrying, isMark, type Passage, type Prompt, type Token, within } from "./text.ts"

/** What a passage became. */
export type Became =
  | { kind: "starter" }
  | { kind: "include"; id: string }
  /** with a part, as long as the data model has it */
  | { kind: "parameter"; id: string; part?: ModelPart }

export interface AccountedClause {
  /** letter by letter from the prompt, with every blank as one space */
  words: string
  /** what of the starter does it; empty when nothing does */
  by: Became[]
  /** includes that would do it if the data model had what they need */
  lacks?: string[]
}

export interface PromptAccount {
  clauses: AccountedClause[]
  /** what asks for nothing; with the clauses every word of the prompt */
  filler: string[]
}

interface Asked {
  starter: Described
  language: StarterLanguage
  /** the starter's own phrases */
  head: string[][]
  /** the words of those phrases that the prompt says */
  named: string[]
  /** what the app would keep, where it keeps records */
  model: DataModel | undefined
  /** words of what it would keep */
  kept: string[]
  /** what stands in quotes */
  quoted: Passage[]
}

/** @param values what was read of the prompt for the starter's parameters */
export function accountFor(
  { text: prompt, tokens, language }: Prompt,
  starter: Described,
  { values, model }: Pick<Asked, "model"> & { values: readonly ReadValue[] },
): PromptAccount {
  const kept = model ? wordsOfModel(model, language) : []
  const quoted = quotesIn({ text: prompt }).map(({ at }) => at)
  const head = headPhrases(starter, language)
  const said = carrying(tokens).map(({ stem }) => stem)
  const named = head.filter((phrase) => holds(said, phrase, language)).flat()
  const asked = { starter, language, model, kept, quoted, head, named }
  const account: PromptAccount = { clauses: [], filler: [] }
  const add = ({ tokens, by, lacks }: Piece) => {
    const at = passageOf(tokens)
    if (!at) return
    const words = saidIn(prompt, at)
    const restricts = tokens.some((each) => isOf("only", each, language))
    const asksForNothing =
      carrying(tokens).length === 0 && !restricts && by.every(({ kind }) => kind === "starter")
    if (asksForNothing) account.filler.push(words)
    else account.clauses.push({ words, by, ...(lacks ? { lacks } : {}) })
  }
  const places = values.flatMap((value) =>
    value.places.map((place) => ({ ...place, id: value.name })),
  )
  let rest: Token[] = []
  const flush = () => {
    for (const part of partsOf(rest, language)) piecesOf(part, asked).forEach(add)
    rest = []
  }
  for (const each of tokens) {
    const place = places.find(({ at }) => within(each, at))
    if (place && each.from === place.at.from) {
      const lead = leadOf(rest, language)
      rest.splice(rest.length - lead.length)
      flush()
      const words = saidIn(prompt, { from: lead[0]?.from ?? each.from, to: place.at.to })
      const { id, part } = place
      account.clauses.push({ words, by: [{ kind: "parameter", id, ...(part ? { part } : {}) }] })
    } else if (!place) rest.push(each)
  }
  flush()
  return { clauses: account.clauses, filler: [...new Set(account.filler)] }
}

/** The small words right before a value belong to it: "with" of "with 30 minute slots". */
function leadOf(before: readonly Token[], language: StarterLanguage): Token[] {
  const end = before.findLastIndex((each) => !each.small || isOf("and", each, language))
  return before.slice(end + 1)
}

interface Piece {
  tokens: Token[]
  by: Became[]
  lacks?: string[]
}

function piecesOf(part: Token[], asked: Asked): Piece[] {
  const said = carrying(part).map(({ stem }) => stem)
  const { language } = asked
  if (said.length === 0) return [{ tokens: part, by: [] }]
  const named = asked.head.filter((phrase) => holds(said, phrase, language))
  if (said.every((word) => named.flat().some((each) => alike(word, each, language))))
    return [{ tokens: part, by: [{ kind: "starter" }] }]
  // What stands in quotes is to be read as it is, and nothing read it.
  if (part.every((each) => asked.quoted.some((quote) => within(each, quote))))
    return [{ tokens: part, by: [] }]
  const negated = part.some((each) => isOf("negates", each, language))
  const { by, lacks } = includesIn(part, asked, negated)
  if (lacks.length > 0) return [{ tokens: part, by: [], lacks }]
  if (by.length > 0 || negated) return [{ tokens: part, by }]
  return named.length > 0 ? naming(part, named.flat(), language) : [{ tokens: part, by: [] }]
}

/**
 * The includes whose phrases a clause says, when they and what tells them are all that it says. A word that names the
 * app says nothing of a part of it. What should be left out is only done by what says so itself: "no JavaScript".
 * With one word more, such as "3 votes" or "votes by mail", it means more than the include does.
 */
function includesIn(
  part: readonly Token[],
  { starter, language, head, named, model, kept }: Asked,
  negated: boolean,
): { by: Became[]; lacks: string[] } {
  const said = carrying(part).map(({ stem }) => stem)
  const isOwn = (word: string) => !head.some((phrase) => phrase.length === 1 && phrase[0] === word)
  const hits = includePhrases(starter, language).flatMap(({ id, says, phrases, needs }) => {
    const hit = phrases.flatMap(({ stems, negates }) =>
      negates === negated && holds(said, stems, language) && stems.some(isOwn) ? [stems] : [],
    )
    const has = needs === undefined || (model !== undefined && modelHas(model, needs))
    return hit.length > 0 ? [{ id, known: [...hit.flat(), ...says, ...named], has }] : []
  })
  // "total open" is neither a total nor what is open: one part has to speak of all of it.
  const whole = hits.filter(({ known }) =>
    said.every((word) => [...known, ...kept].some((each) => alike(word, each, language))),
  )
  return {
    by: whole.map(({ id }) => ({ kind: "include", id })),
    lacks: whole.flatMap(({ id, has }) => (has ? [] : [id])),
  }
}

/**
 * A clause that names the app: "a kanban board for our team". Who has it belongs to it; other words, such as
 * "encrypted" or what it is for, are wishes of their own that nothing does.
 */
function naming(part: Token[], named: readonly string[], language: StarterLanguage): Piece[] {
  const isNamed = ({ stem }: Token) => named.some((each) => alike(stem, each, language))
  const only = part.findIndex((each) => isOf("only", each, language))
  const head = part.findIndex(isNamed)
  const purpose = purposeAfter(part, head, language)
  return runsOf(part, (each, at) => {
    if (only > head && at >= only) return true
    if (purpose && at >= purpose.from && at < purpose.to)
      return !purpose.isHolder || countsIn(each, language)
    return !isMark(each) && !each.small && !isNamed(each)
  })
}

/** "for our three children" says how many, and nothing reads that. */
const countsIn = (each: Token, language: StarterLanguage) =>
  /\d/.test(each.text) || isOf("numbers", each, language)

/** Pieces of a clause in turn: what is open has nothing that does it. Small words stay before them. */
function runsOf(part: Token[], isOpen: (token: Token, at: number) => boolean): Piece[] {
  const pieces: Piece[] = []
  part.forEach((each, at) => {
    const open = isOpen(each, at)
    const last = pieces.at(-1)
    const same = last && (last.by.length === 0) === open
    const follows = !open && (each.small || isMark(each))
    if (last && (same || follows)) last.tokens.push(each)
    else pieces.push({ tokens: [each], by: open ? [] : [{ kind: "starter" }] })
  })
  return pieces
}
