/** Reads sentences into the sketch: lists of things and fields, and what belongs to what. */
import signs from "../lexicon/signs.json" with { type: "json" }
import { anyWordOf, subjectOf } from "./about.ts"
import { isFieldLike, readField } from "./fields.ts"
import { colonIn, described, introducedAt, itemsOf, type List, listIn } from "./items.ts"
import { each, lastPhrase, phraseAfter, usualFields } from "./phrases.ts"
import { addFields, findThing, type Sketch, type ThingDraft, thingNamed } from "./sketch.ts"
import { has, lows, splitAt, type Token, wordsIn } from "./tokens.ts"
import { isPlural, setOf, singular } from "./words.ts"

const separate = setOf(signs.separate)
const endLists = setOf(signs.endLists)
const many = setOf(signs.many)
const belong = setOf(signs.belong)
const wishes = setOf(signs.wishes)
const doings = setOf(`${signs.typedSort} ${signs.deeds}`)
const orders = setOf(signs.orders)
const polite = setOf("please and also then i'd like want to the an")

/** False when nothing of a sentence is a list of fields. */
export function readSentence(
  sketch: Sketch,
  tokens: readonly Token[],
  bullets: readonly Token[][] = [],
): boolean {
  const clauses = clausesOf(tokens)
  if (clauses.length > 1)
    return clauses
      .map((clause, at) => readSentence(sketch, clause, at === clauses.length - 1 ? bullets : []))
      .includes(true)
  if (isOrder(tokens)) return false
  if (readBelonging(sketch, tokens)) return true
  const list = listIn(tokens, bullets)
  const own = list.items[0] ? described(list.items[0]) : undefined
  const thing = own ? thingNamed(sketch, own.phrase) : thingOf(sketch, list)
  if (!thing) return false
  const items = own ? [...own.items, ...list.items.slice(1)] : list.items
  return readItems(sketch, { thing, items, own: own?.items.length ?? 1 })
}

/** "Show the newest first", "send me a message": a wish about the list or beyond it, not a list. */
function isOrder(tokens: readonly Token[]): boolean {
  if (tokens.filter(({ low }) => low === ",").length > 1 || colonIn(tokens) > 0) return false
  const first = lows(tokens).find((word) => !polite.has(word)) ?? ""
  return wishes.has(first) || has(tokens, doings)
}

/** "Clients: name, email; projects: client, deadline" are two lists. */
function clausesOf(tokens: readonly Token[]): Token[][] {
  const parts = splitAt(tokens, ({ low }) => low === ";")
  if (parts.length === 2 && parts[1]?.some(({ low }) => low === ",")) return parts
  return parts.filter((part) => colonIn(part) > 0 || has(part, each)).length > 1
    ? parts
    : [[...tokens]]
}

/** What a list is about: what its lead names, or else what was named before it. */
function thingOf(sketch: Sketch, { lead, items, sure }: List): ThingDraft | undefined {
  const known = items.filter(isFieldLike).length
  if (items.length < 2 && !sure && !has(lead, each)) return undefined
  const enough = sure
    ? known > 0 || items.length > 2
    : lead.length > 0
      ? known > 0
      : known > 1 && known * 2 >= items.length
  if (!enough) return undefined
  const [first] = items
  const heading =
    lead.length === 0 &&
    items.length > 3 &&
    first &&
    !isFieldLike(first) &&
    isPlural(lows(first).at(-1) ?? "")
  const spoken = subjectOf(lead) ?? (heading ? lastPhrase(first) : undefined)
  if (spoken && heading) items.shift()
  if (spoken) return thingNamed(sketch, spoken)
  const open =
    sketch.named.findLast(({ words }) => usualFields(words) !== undefined) ?? sketch.named.at(-1)
  if (!open || (sketch.current && findThing(sketch, singular(open.words)) === sketch.current))
    return sketch.current ?? (sure ? thingNamed(sketch, anyWordOf(lead)) : undefined)
  sketch.named = []
  return thingNamed(sketch, open)
}

interface Reading {
  thing: ThingDraft
  items: readonly Token[][]
  /** how many of the items are surely fields of the thing */
  own: number
}

/** Reads items as fields of a thing until one is none; what comes then is a sentence of its own. */
function readItems(sketch: Sketch, { thing, items, own }: Reading): boolean {
  let of = thing
  let read = 0
  for (const [at, item] of items.entries()) {
    const other = at >= own || thing.fields.length > own ? described(item) : undefined
    if (other) {
      of = thingNamed(sketch, other.phrase)
      if (readItems(sketch, { thing: of, items: other.items, own: 1 })) read++
      continue
    }
    const bracket = item.findIndex(({ low }) => low === "(")
    const words = lows(bracket > 0 ? item.slice(0, bracket) : item)
    const first = words.find((word) => !["and", "also", "plus"].includes(word)) ?? ""
    if (isDoing(words) || (at > 0 && endLists.has(first))) {
      if (at > 0) readSentence(sketch, joined(items.slice(at)))
      break
    }
    const field = readField(item)
    if (field) addFields(of, [field])
    if (field) read++
  }
  sketch.current = of
  return read > 0
}

/** "take payments", "to send reminders": something to do, and no field. A lone "text" is a field. */
export function isDoing(said: readonly string[]): boolean {
  const words = said.filter((word) => !polite.has(word))
  const [first = "", second = ""] = words
  if (said[0] === "to" && said.length > 2) return true
  return second !== "" && orders.has(first) && second !== "of" && second !== "address"
}

/** Items as one sentence again. */
function joined(items: readonly Token[][]): Token[] {
  return items.flatMap((item, at) => {
    const [first] = item
    return at > 0 && first
      ? [{ ...first, text: ",", low: ",", kind: "mark" as const, to: first.from }, ...item]
      : item
  })
}

/** "each visit belongs to a pet and has a date", "an owner can have several dogs" */
function readBelonging(sketch: Sketch, tokens: readonly Token[]): boolean {
  const words = wordsIn(tokens)
  const at = words.findIndex(({ low }) => belong.has(low))
  const several = words.findIndex(
    ({ low }, place) => many.has(low) && ["has", "have"].includes(words[place - 1]?.low ?? ""),
  )
  if (at < 1 && several < 1) return false
  const child = at > 0 ? lastPhrase(words.slice(0, at)) : phraseAfter(words, several)
  const right = at > 0 ? words.slice(at + 1) : words.slice(0, several)
  const parents = splitAt(right, ({ low }) => separate.has(low)).flatMap(
    (part) => lastPhrase(part.slice(0, 4)) ?? [],
  )
  if (!child || parents.length === 0) return false
  const verbs = words.filter(({ low }) => belong.has(low) || many.has(low))
  for (const parent of parents)
    sketch.belongs.push({
      child: singular(child.words),
      parent: singular(parent.words),
      said: [...child.tokens, ...parent.tokens, ...verbs],
    })
  const rest = tokens.findIndex(({ low }, place) => place > 3 && [",", "and", "->"].includes(low))
  if (rest < 0 || at < 1 || itemsOf(tokens.slice(rest + 1)).length < 2) return true
  const items = itemsOf(tokens.slice(rest + 1)).map((item) => item.slice(introducedAt(item) + 1))
  readItems(sketch, { thing: thingNamed(sketch, child), items, own: 1 })
  return true
}
