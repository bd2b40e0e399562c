/** Lists: where one begins in a sentence, what it is about, its items, and where it ends. */
import signs from "../lexicon/signs.json" with { type: "json" }
import { isContent, isFieldLike, readField } from "./fields.ts"
import { each, generic, lastPhrase, type Phrase, phraseAfter, usualFields } from "./phrases.ts"
import { addFields, findThing, type Sketch, type ThingDraft, thingNamed } from "./sketch.ts"
import { splitAt, type Token, wordsIn } from "./tokens.ts"
import { isPlural, setOf, singular } from "./words.ts"

const introduce = setOf(signs.introduce)
const introduces = setOf("with including has have showing listing namely contains")
const separate = setOf(signs.separate)
const endLists = setOf(signs.endLists)
const collections = setOf(signs.collections)
const keeps = setOf(
  "keep track record log note store save manage list register remember hold enter",
)
const many = setOf(signs.many)
const belong = setOf(signs.belong)
const wishes = setOf(signs.wishes)
const sorts = setOf(signs.typedSort)
const orders = setOf(signs.orders)
const deeds = setOf(signs.deeds)
const polite = setOf("please and also then i'd like want to the")
const arrows = setOf("-> => → =")

/** Reads one sentence into the sketch; false when nothing of it is a list of fields. */
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
  const { lead, items, colon } = listIn(tokens, bullets)
  const own = items[0] ? described(items[0]) : undefined
  if (own) {
    const thing = thingNamed(sketch, own.phrase)
    return readItems(sketch, thing, [...own.items, ...items.slice(1)], own.items.length)
  }
  const thing = thingOf(sketch, lead, { colon, items })
  if (!thing) return false
  return readItems(sketch, thing, items)
}

/** "Show the newest first", "let me filter by species": a wish about the list, not a list. */
function isOrder(tokens: readonly Token[]): boolean {
  const words = wordsIn(tokens).map(({ low }) => low)
  const first = words.find((word) => !polite.has(word)) ?? ""
  const few = tokens.filter(({ low }) => low === ",").length < 2 && colonIn(tokens) < 0
  return few && (wishes.has(first) || words.some((word) => sorts.has(word) || deeds.has(word)))
}

/** "Clients: name, email; projects: client, deadline" are two lists. */
function clausesOf(tokens: readonly Token[]): Token[][] {
  const parts = splitAt(tokens, ({ low }) => low === ";")
  if (parts.length === 2 && parts[1]?.some(({ low }) => low === ",")) return parts
  const lists = parts.filter((part) => colonIn(part) > 0 || part.some(({ low }) => each.has(low)))
  return lists.length > 1 ? parts : [[...tokens]]
}

interface List {
  lead: Token[]
  items: Token[][]
  /** whether a colon, an arrow, a dash or a bullet says that it is a list */
  colon: boolean
}

function listIn(tokens: readonly Token[], bullets: readonly Token[][]): List {
  const colon = colonIn(tokens)
  const rest = colon > 0 ? tokens.slice(colon + 1) : []
  if (colon > 0 && (rest.length > 0 || bullets.length === 0)) {
    const own = itemsOf(rest)
    const [first, ...others] = own
    // "a tool inventory: each tool has a name, …" says more exactly behind the colon
    const cut = first?.some(({ low }) => each.has(low)) ? introducedAt(first) : -1
    if (first && cut >= 0)
      return {
        lead: [...first.slice(0, cut + 1)],
        items: [first.slice(cut + 1), ...others],
        colon: true,
      }
    return { lead: tokens.slice(0, colon), items: [...own, ...bullets], colon: true }
  }
  if (bullets.length > 0)
    return { lead: tokens.filter((_, at) => at !== colon), items: [...bullets], colon: true }
  const parts = itemsOf(tokens)
  const at = startOf(parts)
  const [first = [], ...others] = parts.slice(at)
  const cut = introducedAt(first)
  const lead = parts.slice(0, at).flat()
  if (cut >= 0)
    return {
      lead: [...lead, ...first.slice(0, cut + 1)],
      items: [first.slice(cut + 1), ...others],
      colon: false,
    }
  return { lead: [], items: [first, ...others], colon: false }
}

/** "There are hives, and for each I note its name, …" begins in its second part. */
function startOf(parts: readonly Token[][]): number {
  const listing = parts.findIndex(
    ([first], at) => at > 0 && at < 4 && first !== undefined && introduces.has(first.low),
  )
  if (listing > 0) return listing
  if (parts[0] && introducedAt(parts[0]) >= 0) return 0
  const at = parts.findIndex((part) => introducedAt(part) >= 0)
  const leading = parts.slice(0, Math.max(0, at))
  return at > 0 &&
    at < 3 &&
    leading.some((part) => part.some(({ low }) => each.has(low)) || !isFieldLike(part))
    ? at
    : 0
}

/** Where a short part ends in a colon, an arrow or a dash; -1 when none does. */
function colonIn(tokens: readonly Token[]): number {
  const at = tokens.findIndex(({ low, spaced, from, to }, place) => {
    if (arrows.has(low)) return true
    if (low === ":")
      return (
        tokens[place + 1]?.from !== to ||
        tokens[place - 1]?.to !== from ||
        Number.isNaN(Number(tokens[place + 1]?.low))
      )
    return ["-", "–", "—"].includes(low) && spaced
  })
  const comma = tokens.findIndex(({ low }) => low === "," || low === "(")
  return at > 0 &&
    at < 16 &&
    (comma < 0 || at < comma || tokens[at]?.low === ":") &&
    !inBrackets(tokens, at)
    ? at
    : -1
}

const inBrackets = (tokens: readonly Token[], at: number) =>
  tokens.slice(0, at).filter(({ low }) => low === "(").length >
  tokens.slice(0, at).filter(({ low }) => low === ")").length

/** The last word of a part that introduces what comes behind it: "with", "store", "its". */
function introducedAt(tokens: readonly Token[]): number {
  const last = tokens.findLastIndex(
    ({ low }, at) => introduce.has(low) && at < tokens.length - 1 && !inBrackets(tokens, at),
  )
  const own = tokens.findIndex(({ low }, at) => at > last && ["its", "their"].includes(low))
  return own > 0 ? own : last
}

/** Split by the strongest mark that is there: ";", commas, or else "/", "+" and "and". */
export function itemsOf(tokens: readonly Token[]): Token[][] {
  const outside = splitAt(tokens, ({ low }) => low === ";").length
  if (outside > 2) return splitAt(tokens, ({ low }) => low === ";")
  const commas = splitAt(tokens, ({ low }) => low === ",").length
  const marks = ["/", "+", "|", "·", "•"].find(
    (mark) => splitAt(tokens, ({ low, spaced }) => low === mark && spaced).length > 2,
  )
  if (marks && commas < 3) return splitAt(tokens, ({ low, spaced }) => low === marks && spaced)
  return splitAt(
    tokens,
    ({ low }, at) => low === "," || low === ";" || (separate.has(low) && !joinsTwo(tokens, at)),
  )
}

/** "date and time", "make and model" and "between 1 and 5" are one. */
function joinsTwo(tokens: readonly Token[], at: number): boolean {
  const [before, after] = [tokens[at - 1]?.low ?? "", tokens[at + 1]?.low ?? ""]
  const starts = before === "" || [",", ";", "/", "("].includes(before)
  return (
    starts ||
    (before.startsWith("date") && after.startsWith("time")) ||
    (before === "time" && after === "date") ||
    !Number.isNaN(Number(before))
  )
}

interface Clue {
  colon: boolean
  items: Token[][]
}

/** What a list is about: what its lead names, or else what was named before it. */
function thingOf(
  sketch: Sketch,
  lead: readonly Token[],
  { colon, items }: Clue,
): ThingDraft | undefined {
  const known = items.filter(isFieldLike).length
  if (items.length < 2 && !colon && !lead.some(({ low }) => each.has(low))) return undefined
  const isList = colon
    ? known > 0 || items.length > 2
    : lead.length > 0
      ? known > 0
      : known > 1 && known * 2 >= items.length
  if (!isList) return undefined
  const spoken = phraseIn(lead) ?? undefined
  if (spoken) return thingNamed(sketch, spoken)
  if (
    lead.length === 0 &&
    items.length > 3 &&
    items[0] &&
    !isFieldLike(items[0]) &&
    isNamed(items[0])
  ) {
    const [first] = items.splice(0, 1)
    const phrase = lastPhrase(first ?? [])
    if (phrase) return thingNamed(sketch, phrase)
  }
  const open =
    sketch.named.findLast(({ words }) => usualFields(words) !== undefined) ?? sketch.named.at(-1)
  if (open && !(sketch.current && findThing(sketch, singular(open.words)) === sketch.current)) {
    sketch.named = []
    return thingNamed(sketch, open)
  }
  return sketch.current ?? (colon ? thingNamed(sketch, lastWordOf(lead)) : undefined)
}

/** "Journal: date, mood" has no better name for what it keeps. */
function lastWordOf(lead: readonly Token[]): Phrase {
  const last = wordsIn(lead).findLast(isContent)
  return last ? { words: last.low, tokens: [last] } : { words: "record", tokens: [] }
}

const isNamed = (item: Token[]) => isPlural(wordsIn(item).at(-1)?.low ?? "")

function phraseIn(lead: readonly Token[]): Phrase | undefined {
  const at = lead.findLastIndex(({ low }) => each.has(low))
  const after = at >= 0 ? phraseAfter(lead, at) : undefined
  if (after) return after
  const [first] = lead
  const start = lead.findIndex(isContent)
  const about = phraseAfter(lead, start - 1)
  if (about && first && ["for", "about", "of"].includes(first.low)) return about
  return (
    collected(lead) ??
    kept(lead) ??
    (about &&
    isPlural(about.words) &&
    lead.some(({ low }) => ["for", "from", "in", "at"].includes(low))
      ? about
      : undefined) ??
    ending(lead)
  )
}

/** "a register of found items", "fuel log for the van": what a word for a list says it lists. */
function collected(lead: readonly Token[]): Phrase | undefined {
  const at = lead.findIndex(({ low }) => collections.has(low))
  if (at < 0) return undefined
  const before = lastPhrase(lead.slice(0, at))
  if (before && before.tokens.at(-1) === lead[at - 1]) return before
  const of = lead[at + 1]
  const start =
    of && ["of", "for"].includes(of.low)
      ? lead.findIndex((each, place) => place > at && isContent(each))
      : -1
  return start > 0 ? phraseAfter(lead, start - 1) : undefined
}

/** "note down problems that tenants report": what stands right behind the word of keeping. */
function kept(lead: readonly Token[]): Phrase | undefined {
  const verb = lead.findIndex(({ low }) => keeps.has(low))
  const start = verb < 0 ? -1 : lead.findIndex((each, place) => place > verb && isContent(each))
  const phrase = start > 0 && start - verb < 5 ? phraseAfter(lead, start - 1) : undefined
  return phrase && isPlural(phrase.words) ? phrase : undefined
}

function ending(lead: readonly Token[]): Phrase | undefined {
  const last = lastPhrase(lead.slice(0, lead.findLastIndex(({ low }) => !introduce.has(low)) + 1))
  return last && !generic.has(last.words) ? last : undefined
}

/** Reads items as fields of a thing until one is none; what comes then is a sentence of its own. */
function readItems(sketch: Sketch, thing: ThingDraft, items: readonly Token[][], own = 1): boolean {
  let of = thing
  let read = 0
  for (const [at, item] of items.entries()) {
    const other = at >= own || thing.fields.length > own ? described(item) : undefined
    if (other) {
      of = thingNamed(sketch, other.phrase)
      if (readItems(sketch, of, other.items)) read++
      continue
    }
    const bracket = item.findIndex(({ low }) => low === "(")
    const words = wordsIn(bracket > 0 ? item.slice(0, bracket) : item)
    const [first] = words.filter(({ low }) => !["and", "also", "plus"].includes(low))
    if (first && (isDoing(words) || (at > 0 && endLists.has(first.low)))) {
      if (at === 0) break
      readSentence(
        sketch,
        items.slice(at).flatMap((each, place) => (place > 0 ? [comma(each), ...each] : each)),
      )
      break
    }
    const field = readField(item)
    if (field) read++
    if (field) addFields(of, [field])
  }
  sketch.current = of
  return read > 0
}

/** "take payments", "to send reminders": something to do, and no field. A lone "text" is a field. */
export function isDoing(words: readonly Token[]): boolean {
  const [first, second] = words.filter(({ low }) => !polite.has(low) && low !== "an")
  if (words[0]?.low === "to" && words.length > 2) return true
  return first !== undefined && second !== undefined && orders.has(first.low) && !isKnownName(words)
}

/** "email of the owner", "text of the review" */
const isKnownName = (words: readonly Token[]) =>
  ["of", "address"].includes(words[words.findIndex(({ low }) => orders.has(low)) + 1]?.low ?? "")

const comma = ([first]: readonly Token[]): Token => ({
  text: ",",
  low: ",",
  kind: "mark",
  from: first?.from ?? 0,
  to: first?.from ?? 0,
  spaced: false,
})

/** "the repairs (bike, fault)" or "a budget with item" inside a list begins another thing. */
export function described(
  item: readonly Token[],
): { phrase: Phrase; items: Token[][] } | undefined {
  const every = item.findIndex(({ low }) => each.has(low))
  if (every >= 0 && every < 2 && item.length > every + 2) {
    const phrase = phraseAfter(item, every, 1)
    if (phrase) return { phrase, items: [item.slice(every + 2)] }
  }
  const at = item.findIndex(({ low }, place) => place > 0 && (low === "(" || low === "with"))
  const phrase = at > 0 ? lastPhrase(item.slice(0, at)) : undefined
  const isThing =
    phrase &&
    (isPlural(phrase.words) ||
      (item[at]?.low === "with" && usualFields(phrase.words) !== undefined))
  if (!isThing) return undefined
  const inside = itemsOf(
    item.slice(at + 1).filter(({ low }, place, all) => !(low === ")" && place === all.length - 1)),
  )
  const known = inside.filter(isFieldLike).length
  return known * 2 >= inside.length && (item[at]?.low === "with" ? known > 0 : inside.length > 1)
    ? { phrase, items: inside }
    : undefined
}

/** "each visit belongs to a pet", "an owner can have several dogs" */
function readBelonging(sketch: Sketch, tokens: readonly Token[]): boolean {
  const words = wordsIn(tokens)
  const at = words.findIndex(({ low }) => belong.has(low))
  const several = words.findIndex(
    ({ low }, place) => many.has(low) && ["has", "have"].includes(words[place - 1]?.low ?? ""),
  )
  if (at < 1 && several < 1) return false
  const [left, right] =
    at > 0
      ? [words.slice(0, at), words.slice(at + 1)]
      : [words.slice(several + 1), words.slice(0, several)]
  const child = at > 0 ? (lastPhrase(left) ?? undefined) : phraseAfter(words, several)
  const parents = splitAt(right, ({ low }) => separate.has(low)).flatMap(
    (part) => lastPhrase(part.slice(0, 4)) ?? [],
  )
  if (!child || parents.length === 0) return false
  for (const parent of parents) {
    const said = [
      ...child.tokens,
      ...parent.tokens,
      ...words.filter(({ low }) => belong.has(low) || many.has(low)),
    ]
    sketch.belongs.push({ child: singular(child.words), parent: singular(parent.words), said })
  }
  const rest = tokens.findIndex(
    ({ low }, place) =>
      place > 3 &&
      [",", "and", "->"].includes(low) &&
      tokens.slice(place).some(({ low: later }) => introduce.has(later) || later === ","),
  )
  if (rest > 0 && at > 0) {
    const thing = thingNamed(sketch, child)
    const parts = itemsOf(tokens.slice(rest + 1)).map((item) =>
      introducedAt(item) >= 0 ? item.slice(introducedAt(item) + 1) : item,
    )
    readItems(sketch, thing, parts)
  }
  return true
}
