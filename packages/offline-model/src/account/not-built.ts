/**
 * Keeps account of a text: every word that carries a wish became something that was built, or is
 * named as not built, in the person's own words. Nothing is dropped without a word.
 */
import beyondWords from "../lexicon/beyond.json" with { type: "json" }
import type { Built } from "../reader/spec.ts"
import { carrying, splitAt, type Token, tokensOf, wordsIn } from "../reader/tokens.ts"
import { setOf } from "../reader/words.ts"
import { entityStems, fieldStems, stemsOf } from "./stems.ts"

const limits = Object.entries(beyondWords).map(([sentence, words]) => ({
  sentence,
  words: setOf(words),
}))
const unknown = "I found nothing to build in it."
const longestNote = 380
const sentenceEnds = setOf(', . ! ? ; : \n " “ ” ( ) |')

/** The clauses of a text: what stands between two marks. */
export function clausesOf(text: string): Token[][] {
  return cutAt(
    tokensOf(text),
    ({ kind, low }) => kind !== "word" || low === "and" || low === "plus",
  )
}

/** Where something stands in a text. */
export interface Passage {
  from: number
  to: number
}

/** What a passage says, with every blank as one space. */
export const saidIn = (text: string, { from, to }: Passage): string =>
  text.slice(from, to).replaceAll(/\s+/g, " ")

/** @param granted tokens of wishes that were granted, by their place */
export function notBuilt(
  text: string,
  built: readonly Built[],
  granted: ReadonlySet<number>,
): Passage[] {
  const done = new Set(granted)
  const shown = built.map((element) => elementOf(element, built))
  for (const clause of clausesOf(text)) {
    const open = carrying(wordsIn(clause)).filter(({ from }) => !granted.has(from))
    for (const place of shownIn(open, shown, wordsIn(clause).length < 4)) done.add(place)
  }
  return leftOver(text, done)
}

/** The passages of a text that are not done, in its order. */
export function leftOver(text: string, done: ReadonlySet<number>): Passage[] {
  const open = new Set(
    clausesOf(text).flatMap((each) => carrying(wordsIn(each)).map(({ from }) => from)),
  )
  for (const place of done) open.delete(place)
  const spans = cutAt(tokensOf(text), ({ low }) => sentenceEnds.has(low)).flatMap((each) =>
    spansIn(each, { open, done }),
  )
  return spans.flatMap((span) => passageOf(span) ?? [])
}

/** From the first of some tokens to the last. */
export function passageOf(tokens: readonly Token[]): Passage | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)]
  return first && last && { from: first.from, to: last.to }
}

interface Element {
  /** the words that show it where it was asked for, where a clause or where a mere item names it */
  asked: ReadonlySet<string>
  again: ReadonlySet<string>
  /** where it, or the thing it is of, was asked for */
  places: ReadonlySet<number>
}

function elementOf({ entity, field, said }: Built, built: readonly Built[]): Element {
  const thing = entityStems(entity)
  const asked = new Set([...thing, ...(field ? fieldStems(field) : [])])
  const ofThing = built.filter((each) => each.entity === entity && !each.field)
  const places = new Set([...said, ...ofThing.flatMap((each) => each.said)].map(({ from }) => from))
  return { asked, again: said.length === 0 ? asked : thing, places }
}

/**
 * The places of a clause whose words one thing or one of its fields shows: what it became, or, when
 * nothing else is in it, the thing it only speaks of again. Words scattered over several are not
 * shown, and an item that is no field is none because another thing has a field of that name.
 */
function shownIn(open: readonly Token[], elements: readonly Element[], isItem: boolean): number[] {
  const asked = ({ asked: stems, places }: Element) =>
    open.filter((token) => places.has(token.from) && shows(stems, token))
  const again = elements.some((each) =>
    open.every((token) => shows(isItem ? each.again : each.asked, token)),
  )
  const best = again ? open : longest(elements.map(asked))
  return best.map(({ from }) => from)
}

const longest = (lists: Token[][]): Token[] =>
  lists.reduce((one, other) => (other.length > one.length ? other : one), [])

/** The words of a token list that ask for something no sentence of a record keeper can do. */
export function limitsIn(text: string): string[] {
  const stems = new Set(wordsIn(tokensOf(text)).map(({ low }) => low))
  return limits
    .filter(({ words }) => [...stems].some((word) => words.has(word)))
    .map(({ sentence }) => sentence)
}

/** Why a record keeper does not do what somebody said. */
export const whyNotBuilt = (said: string): string => limitsIn(said)[0] ?? unknown

/** What was asked for, as it was said, with why it is not built; each at most 400 characters. */
export function notesFor(said: readonly string[]): string[] {
  const groups = new Map<string, string[]>()
  for (const each of said) {
    const why = whyNotBuilt(each)
    groups.set(why, [...(groups.get(why) ?? []), ...pieces(each)])
  }
  return [...groups].flatMap(([why, quotes]) =>
    packed(quotes).map((line) => `Not built: ${line}. ${why}`),
  )
}

function packed(quotes: readonly string[]): string[] {
  const lines: string[] = []
  for (const quote of quotes) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + quote.length < longestNote - 130)
      lines[lines.length - 1] = `${last}, “${quote}”`
    else lines.push(`“${quote}”`)
  }
  return lines
}

/** A long passage in pieces that fit into a note, cut between words. */
function pieces(said: string): string[] {
  if (said.length <= 200) return [said]
  const at = said.lastIndexOf(" ", 200)
  const cut = at > 0 ? at : 200
  return [said.slice(0, cut), ...pieces(said.slice(cut).trim())]
}

/** Like `splitAt`, brackets or not. */
export function cutAt(tokens: readonly Token[], isCut: (token: Token) => boolean): Token[][] {
  const parts: Token[][] = [[]]
  for (const each of tokens)
    if (isCut(each)) parts.push([])
    else parts.at(-1)?.push(each)
  return parts.filter((part) => wordsIn(part).length > 0)
}

const shows = (stems: ReadonlySet<string>, { low }: Token) =>
  stemsOf(low).some((each) => stems.has(each))

const hanging = setOf("and or the a an with of to i my our")

interface Places {
  open: ReadonlySet<number>
  done: ReadonlySet<number>
}

/** Passages from the first word that was not built, without what was. */
function spansIn(sentence: readonly Token[], { open, done }: Places): Token[][] {
  const parts = splitAt(
    sentence.filter(({ low }) => low !== "[" && low !== "{"),
    (token) => done.has(token.from),
  )
  return parts.flatMap((part) => {
    const first = part.findIndex((token) => open.has(token.from))
    if (first < 0) return []
    const end = part.findLastIndex(
      ({ kind, low, from }) => open.has(from) || (kind === "word" && !hanging.has(low)),
    )
    return [part.slice(first, Math.max(first, end) + 1)]
  })
}
