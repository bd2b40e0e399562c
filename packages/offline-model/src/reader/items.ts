/** Where a list begins in a sentence, and its items. */
import signs from "../lexicon/signs.json" with { type: "json" }
import { isFieldLike } from "./fields.ts"
import { each, lastPhrase, type Phrase, phraseAfter, usualFields } from "./phrases.ts"
import { has, splitAt, type Token } from "./tokens.ts"
import { isPlural, setOf } from "./words.ts"

const introduce = setOf(signs.introduce)
const listing = setOf(signs.listing)
const separate = setOf(signs.separate)
const arrows = setOf("-> => → =")
const dashes = setOf("- – —")
const semicolon = setOf(";")
const comma = setOf(",")
const possessive = setOf("its their")
const mostLead = 16

export interface List {
  /** what stands before the items and says what they are about */
  lead: Token[]
  items: Token[][]
  /** whether a colon, an arrow, a dash or a bullet says that it is a list */
  sure: boolean
}

export function listIn(tokens: readonly Token[], bullets: readonly Token[][]): List {
  const colon = colonIn(tokens)
  const rest = colon > 0 ? tokens.slice(colon + 1) : []
  if (rest.length === 0 && bullets.length > 0)
    return { lead: tokens.filter((_, at) => at !== colon), items: [...bullets], sure: true }
  const parts = itemsOf(colon > 0 ? rest : tokens)
  const at = colon > 0 ? 0 : startOf(parts)
  const [first = [], ...others] = parts.slice(at)
  // "a tool inventory: each tool has a name, …" says more exactly behind the colon.
  const cut = colon > 0 && !has(first, each) ? -1 : introducedAt(first)
  const items = [...(cut < 0 ? [first] : [first.slice(cut + 1)]), ...others, ...bullets]
  if (colon > 0)
    return { lead: cut < 0 ? tokens.slice(0, colon) : first.slice(0, cut + 1), items, sure: true }
  return {
    lead: cut < 0 ? [] : [...parts.slice(0, at).flat(), ...first.slice(0, cut + 1)],
    items,
    sure: false,
  }
}

/** "There are hives, and for each I note its name, …" begins in its second part. */
function startOf(parts: readonly Token[][]): number {
  const listed = parts.findIndex(([first], at) => at > 0 && at < 4 && listing.has(first?.low ?? ""))
  if (listed > 0) return listed
  const at = parts.findIndex((part) => introducedAt(part) >= 0)
  const leads = (part: Token[]) => has(part, each) || !isFieldLike(part)
  return at > 0 && at < 3 && parts.slice(0, at).some(leads) ? at : 0
}

/** Where a short part ends in a colon, an arrow or a dash; -1 when none does. */
export function colonIn(tokens: readonly Token[]): number {
  const at = tokens.findIndex(
    ({ low, spaced }, place) =>
      arrows.has(low) || (low === ":" && !isTime(tokens, place)) || (dashes.has(low) && spaced),
  )
  const first = tokens.findIndex(({ low }) => low === "," || low === "(")
  const early = first < 0 || at < first || tokens[at]?.low === ":"
  return at > 0 && at < mostLead && early && !inBrackets(tokens, at) ? at : -1
}

const isTime = (tokens: readonly Token[], at: number) =>
  tokens[at + 1]?.from === tokens[at]?.to && !Number.isNaN(Number(tokens[at + 1]?.low))

function inBrackets(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(0, at).map(({ low }) => low)
  return before.lastIndexOf("(") > before.lastIndexOf(")")
}

/** The last word of a part that introduces what comes behind it: "with", "store", "its". */
export function introducedAt(tokens: readonly Token[]): number {
  const last = tokens.findLastIndex(
    ({ low }, at) => introduce.has(low) && at < tokens.length - 1 && !inBrackets(tokens, at),
  )
  const own = tokens.findIndex(({ low }, at) => at > last && possessive.has(low))
  return own > 0 ? own : last
}

/** Split by the strongest mark that is there: ";", " / " and the like, or commas and "and". */
export function itemsOf(tokens: readonly Token[]): Token[][] {
  const by = (marks: ReadonlySet<string>) =>
    splitAt(tokens, ({ low, spaced }) => marks.has(low) && (spaced || low === ";" || low === ","))
  if (by(semicolon).length > 2) return by(semicolon)
  const mark = ["/", "+", "|", "·", "•"].find((each) => by(new Set(each)).length > 2)
  if (mark && by(comma).length < 3) return by(new Set(mark))
  return splitAt(
    tokens,
    ({ low }, at) => low === "," || low === ";" || (separate.has(low) && !joinsTwo(tokens, at)),
  )
}

/** "date and time" and "between 1 and 5" are one; "plus one" begins an item. */
function joinsTwo(tokens: readonly Token[], at: number): boolean {
  const [before = "", after = ""] = [tokens[at - 1]?.low, tokens[at + 1]?.low]
  const pair = `${before} ${after}`
  return (
    ["", ",", ";", "/", "("].includes(before) ||
    pair.startsWith("date time") ||
    pair === "time date" ||
    !Number.isNaN(Number(before))
  )
}

/** "the repairs (bike, fault)", "a budget with item" and "every tenant …" describe a thing. */
export function described(
  item: readonly Token[],
): { phrase: Phrase; items: Token[][] } | undefined {
  const every = item.findIndex(({ low }) => each.has(low))
  const one =
    every >= 0 && every < 2 && item.length > every + 2 ? phraseAfter(item, every, 1) : undefined
  if (one) return { phrase: one, items: [item.slice(every + 2)] }
  const at = item.findIndex(({ low }, place) => place > 0 && (low === "(" || low === "with"))
  const phrase = at > 0 ? lastPhrase(item.slice(0, at)) : undefined
  const loose = item[at]?.low === "with"
  if (!phrase || !(isPlural(phrase.words) || (loose && usualFields(phrase.words) !== undefined)))
    return undefined
  const items = itemsOf(item.slice(at + 1, item.at(-1)?.low === ")" ? -1 : undefined))
  const known = items.filter(isFieldLike).length
  return known * 2 >= items.length && (loose ? known > 0 : items.length > 1)
    ? { phrase, items }
    : undefined
}
