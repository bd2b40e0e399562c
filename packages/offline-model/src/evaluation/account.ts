/**
 * Counts what of a prompt was dropped without a word, from the outside: from the prompt, the spec
 * and those clauses alone, with nothing that the reader says about itself but these.
 *
 * Each clause of the prompt is looked at by itself. A word in it that carries a wish must either
 * stand inside a clause that is named as not built, or be shown by the one thing, field or rule that the
 * clause became: words of one clause that are scattered over several fields count as dropped. A
 * quote covers one passage of the prompt and no second one. Quoting what was built is counted too,
 * so that a reader that names everything as not built does not look honest.
 */
import type { AppSpec, Entity, Field } from "../blueprints/index.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import { carrying } from "../reader/tokens.ts"

export interface Account {
  /** words that carry a wish */
  words: number
  /** of these, named as not built */
  named: number
  /** of these, neither built nor named, with their clause */
  dropped: string[]
  /** passages named as not built that are a field, word for word */
  namedThoughBuilt: string[]
}

interface Word {
  low: string
  from: number
}

/** @param quotes the clauses of the prompt that the plan says are not built */
export function accountFor(prompt: string, spec: AppSpec, quotes: readonly string[]): Account {
  const quoted = quotedPlaces(prompt, quotes)
  const elements = elementsOf(spec)
  const account: Account = {
    words: 0,
    named: 0,
    dropped: [],
    namedThoughBuilt: builtQuotes(prompt, spec, quotes),
  }
  const items = new Map<string, number>()
  for (const clause of clausesOf(prompt)) {
    const carried = carrying(clause)
    const left = carried.filter(({ from }) => !quoted.has(from))
    account.words += carried.length
    account.named += carried.length - left.length
    const most = elements.reduce(
      (best, { stems }) => Math.max(best, left.filter(({ low }) => shown(stems, low)).length),
      0,
    )
    // An item such as "name" is one field: the second one needs a second field that shows it.
    const item = clause.length < 4 ? left.map(({ low }) => low).join(" ") : ""
    const all = elements
      .filter(({ stems }) => left.every(({ low }) => shown(stems, low)))
      .reduce((sum, { room }) => sum + room, 0)
    const before = items.get(item) ?? 0
    if (item !== "") items.set(item, before + 1)
    if (most === left.length && (item === "" || before < all)) continue
    if (most === left.length) {
      account.dropped.push(`${item} (once more)`)
      continue
    }
    const best = elements.find(
      ({ stems }) => left.filter(({ low }) => shown(stems, low)).length === most,
    ) ?? {
      stems: new Set<string>(),
    }
    for (const { low } of left.filter(({ low: word }) => !shown(best.stems, word)))
      account.dropped.push(`${low} (${clause.map((word) => word.low).join(" ")})`)
  }
  return account
}

/** Clauses end at every mark; a line break is one. */
function clausesOf(prompt: string): Word[][] {
  const clauses: Word[][] = [[]]
  for (const { 0: said, index } of prompt.matchAll(
    /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*|[^\s]|\n/gu,
  ))
    if (/^[\p{L}\p{N}]/u.test(said)) {
      const low = said.toLowerCase().replaceAll("’", "'")
      if (low === "and" || low === "plus") clauses.push([])
      else clauses.at(-1)?.push({ low, from: index })
    } else clauses.push([])
  return clauses.filter((clause) => clause.length > 0)
}

/** Places inside passages that are quoted; each quote takes the first place that is still free. */
function quotedPlaces(prompt: string, quotes: readonly string[]): Set<number> {
  const text = prompt.replaceAll(/\s/g, " ")
  const squeezed: { chars: string; places: number[] } = { chars: "", places: [] }
  for (let at = 0; at < text.length; at++) {
    if (text[at] === " " && squeezed.chars.endsWith(" ")) continue
    squeezed.chars += text[at]
    squeezed.places.push(at)
  }
  const taken = new Set<number>()
  for (const quote of quotes.toSorted((one, other) => other.length - one.length)) {
    let at = squeezed.chars.indexOf(quote)
    while (
      at >= 0 &&
      (taken.has(squeezed.places[at] ?? 0) || !standsAlone(squeezed.chars, at, quote.length))
    )
      at = squeezed.chars.indexOf(quote, at + 1)
    if (at < 0) continue
    for (let place = at; place < at + quote.length; place++) taken.add(squeezed.places[place] ?? 0)
  }
  return taken
}

const standsAlone = (text: string, at: number, length: number) =>
  !/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(text[at + length] ?? " ")

interface Element {
  stems: Set<string>
  /** how many items it can show: a choice shows each of its values */
  room: number
}

/** For each thing, each field of it and each rule on one: the words that show it to a person. */
function elementsOf(spec: AppSpec): Element[] {
  const element = (...lists: Iterable<string>[]): Element => ({
    stems: new Set(lists.flatMap((list) => [...list])),
    room: 1,
  })
  return [
    element(stems(spec.name)),
    ...spec.entities.flatMap((entity) => {
      const own = entityWords(entity)
      const fields = entity.fields.map((field) => ({
        ...element(own, fieldWords(field), ruleWords(entity, field)),
        room: Math.max(1, field.choices?.length ?? 1),
      }))
      const targets = entity.fields.flatMap(({ to }) =>
        spec.entities.filter(({ plural }) => plural === to),
      )
      const related = targets.map((other) =>
        element(own, entityWords(other), words(signs.belong), words(signs.many)),
      )
      return [
        element(own),
        ...fields,
        ...related,
        ...(entity.suggestion ? [element(own, words(signs.suggest))] : []),
      ]
    }),
  ]
}

const entityWords = ({ name, label, labelPlural }: Entity) =>
  new Set([
    ...stems(name.replaceAll("_", " ")),
    ...stems(label),
    ...stems(labelPlural),
    ...words(signs.search),
  ])

function fieldWords({ label, choices = [], unit = "", min, max, type }: Field): Set<string> {
  const bounds = [min, max, `${min}-${max}`].map(String)
  return new Set([
    ...stems([label, unit, ...choices].join(" ")),
    ...bounds,
    ...words(signs.types[type as keyof typeof signs.types] ?? ""),
    ...(type === "flag" ? words(signs.flags) : []),
  ])
}

function ruleWords(entity: Entity, { name }: Field): Set<string> {
  const sorted = entity.sort?.field === name ? words(signs.sort) : []
  const filtered = entity.filters.some(({ field }) => field === name) ? words(signs.filter) : []
  return new Set([...sorted, ...filtered])
}

/** Quotes of what a field is called, more often than the prompt says it without a field. */
function builtQuotes(prompt: string, { entities }: AppSpec, named: readonly string[]): string[] {
  const said = clausesOf(prompt).map((clause) =>
    carrying(clause)
      .map(({ low }) => low)
      .join(" "),
  )
  const labels = entities.flatMap(({ fields }) => fields.map(({ label }) => label.toLowerCase()))
  const count = (list: readonly string[], one: string) => list.filter((each) => each === one).length
  // Small words before it belong to a quote and not to what it names.
  const quotes = named.map((quote) => {
    const [first] = carrying(clausesOf(quote).flat())
    return quote.slice(first?.from).toLowerCase()
  })
  return [...new Set(labels)].filter(
    (label) => count(quotes, label) > Math.max(0, count(said, label) - count(labels, label)),
  )
}

const words = (line: string) => line.split(" ").map(stemOf)
const stems = (phrase: string) =>
  new Set(
    (
      phrase
        .toLowerCase()
        .replaceAll("’", "'")
        .match(/[\p{L}\p{N}]+(?:['.-][\p{L}\p{N}]+)*/gu) ?? []
    ).flatMap((word) => [stemOf(word), ...word.split(/['.-]/).map(stemOf)]),
  )

/** "finished" shows "unfinished"; "books" and "book's" show "book". */
const shown = (known: ReadonlySet<unknown>, word: string) =>
  [word, ...word.split(/['.-]/)].some((part) => known.has(stemOf(part))) ||
  (word.startsWith("un") && known.has(stemOf(word.slice(2))))

const stemOf = (word: string) =>
  word
    .replace(/'s$/, "")
    .replace(/ies$/, "y")
    .replace(/(?<=[^s])s$/, "")
    .replace(/(?<=ch|sh|x|ss|o)e$/, "")
