/** Where in a clause a list of fields begins, and what stands before it. */
import { splitItems, withoutParentheses } from "./lists.ts"
import { looksLikeFieldItem } from "./read-items.ts"
import { isVerb } from "./word-classes.ts"
import { isPlural } from "./words.ts"

export interface Enumeration {
  /** what is said before the list, without the words that open it */
  before: string
  /** the sign or word that opens it; "" where the list is the whole clause */
  cue: string
  list: string
}

const fewest = 3
const fewestAfterSign = 2
/** letters of a list that are looked at to tell whether it is one */
const longestWeighed = 900

/** The list of at least three fields in a clause, as long as it can be made out. */
export function enumerationIn(clause: string): Enumeration | undefined {
  const { bare, restore } = withoutParentheses(clause)
  const starts = startsIn(bare).flatMap((start) => {
    const list = restore(bare.slice(start.to))
    const asked = /\b(?:who|which|that|what)$/i.test(bare.slice(0, start.from).trim())
    const weight =
      asked && start.cue !== "" ? 0 : weightOf(list.slice(0, longestWeighed), start.cue)
    const before = bare.slice(0, start.from)
    return weight < leastFor(start.cue) - 1 || hasListIn(restore(before))
      ? []
      : [{ ...start, list, weight, before }]
  })
  const found = starts.reduce<(typeof starts)[number] | undefined>(
    (one, other) => (one && one.weight >= other.weight ? one : other),
    undefined,
  )
  if (!found) return undefined
  return { before: restore(found.before).trim(), cue: found.cue, list: found.list.trim() }
}

interface Start {
  from: number
  to: number
  cue: string
}

const opening =
  "(?:is|are) (?:described|defined|identified) by|with|including|having|holding|showing|noting|saying|stating|giving|containing|meaning|namely|such as|plus|so|(?<!\\b(?:that|which|who) )has|(?<!\\b(?:i|we) )have|gets?|got|contains?|includes?|comprises?|consists? of|says?|states?|mentions?|covers?|needs?|wants?|hold|carry|carries|bears|capture|know|remember|add|enter|give|jot down|(?:file|list|catalogue|arrange)s? (?:\\p{L}+ )?by|(?:leave|provide|supply|submit|state|give)(?= (?:their|his|her) )|(?:put|write|fill|type)(?: (?:down|in))?|ask for"
/** words that are as often nouns: only where somebody does it */
const doing = String.raw`(?<=^|\b(?:to|i|we|you|can|could|should|must|will|would|and|please|us|me|also|just|that|it|they|'d|shall)\s)(?:record|note(?: down)?|track|log|store|keep|save|see|list|show|like)|(?<=\b(?:each|every|an?) \p{L}+\s)(?:records|notes|tracks|shows|lists|keeps|stores|holds)|(?<=\b(?:what|fields|columns|details|everything|information)\b.{0,80})(?:is|are|be)(?=:| (?!in|on|at|my|not|it|to|going|what|all)\p{L})`
const following = String.raw`(?: (?:the )?following(?: \p{L}+)?| (?:a )?(?:columns?|fields?)(?: for)?)?:?`
const cues = new RegExp(
  String.raw`\s*:\s+|\s+[-–—]+\s+|(?<=[?!])\s+|(?:^|,?\s+)(?:${opening}|${doing})${following}\s+`,
  "giu",
)
/** "to note for every pupil the name, …" */
const forEach =
  /(?:\b(?:for|about|of|on) (?:each|every)|^(?:and |so )?per) \p{L}+(?: \p{L}+)?\s+(?=(?:the|their|its|his|her) )/giu
/** "gym members list, name, mobile" */
const labelled =
  /^(?:[\p{L}'-]+ ){1,4}(?:list|log|log ?book|diary|journal|register|collection|inventory|directory|tracker|rota|notebook|database),\s+/iu
const signs = /[:–—-]$/

/** Every place where a list could begin: the start, each comma, and each word that opens lists. */
function startsIn(bare: string): Start[] {
  const starts: Start[] = [{ from: 0, to: 0, cue: "" }]
  for (const match of bare.matchAll(cues)) {
    const to = match.index + match[0].length
    starts.push({ from: match.index, to, cue: match[0].trim().toLowerCase() })
  }
  const [label = ""] = bare.match(labelled) ?? []
  if (label !== "") starts.push({ from: label.search(/,\s*$/), to: label.length, cue: ":" })
  for (const match of bare.matchAll(forEach)) {
    const to = match.index + match[0].length
    starts.push({ from: to, to, cue: "each" })
  }
  for (const match of bare.matchAll(/,\s+/g)) {
    starts.push({ from: match.index, to: match.index + match[0].length, cue: "," })
  }
  return starts.sort((one, other) => one.to - other.to).slice(0, 40)
}

function weightOf(list: string, cue: string): number {
  const items = splitItems(list)
  const [first = ""] = items
  const named = items.filter(looksLikeFieldItem).length
  const terse = items.length > 3 && items.every((item) => item.split(/\s+/).length < 4)
  const fewNamed = named < 2 || named * 3 < items.length
  const enough = !fewNamed || (terse && named > 0 && (cue === "" || signs.test(cue)))
  if (items.length < leastFor(cue) || !enough) return 0
  if (
    beginsLater(list) ||
    isThingWithFields(first) ||
    items.filter(holdsFields).length > 1 ||
    fieldness(first) <= 0
  )
    return 0
  const loose = !signs.test(cue) && !/^(?:,? ?with|ha(?:s|ve)|gets?|each)/.test(cue)
  if (loose && isPlural(first) && !looksLikeFieldItem(first)) return 0
  return items.reduce((sum, item) => sum + fieldness(item), strengthOf(cue))
}

/** Behind "each visit has" or a colon, two will do. */
const leastFor = (cue: string) =>
  signs.test(cue) || /^(?:each|ha(?:s|ve))$/.test(cue) ? fewestAfterSign : fewest

function strengthOf(cue: string): number {
  if (signs.test(cue)) return 2.2
  if (cue === ",") return -1
  return cue === "" ? 0 : 0.6
}

/** "singers with name", "menu items - name", "a goal has title": a thing stands before the list. */
function beginsLater(list: string): boolean {
  const [first = ""] = list.split(",")
  const deed = first.match(/^to (\p{L}+)/u)?.[1] ?? ""
  return (
    isVerb(deed.toLowerCase()) ||
    /\b(?:each|every) \p{L}/iu.test(first) ||
    /^(?!how|what|where|when|who|which)[\p{L} -]+s (?:with|having|including|showing|holding|that|which|who|my|i|we|our|you) /iu.test(
      first,
    ) ||
    /^(?!how|what|where|when|who|which|whether|if|it)(?:an? |the )?[\p{L} -]{2,30} (?:has|have|belongs?) \p{L}/iu.test(
      first,
    ) ||
    /^(?:what|which) (?!it\b|i\b|we\b|they\b|was\b|is\b|were\b)\p{L}+ (?:is|are|i|we) /iu.test(
      first,
    ) ||
    /^[\p{L} ]{3,30}s\s*(?::|\s[-–—])\s/iu.test(first)
  )
}

/** How much an item of a list reads as a field. */
function fieldness(item: string): number {
  const bare = item.replace(/\s*\([^)]*\)/g, "").trim()
  const words = bare.split(/\s+/).length
  if (speaks.test(bare) && !asks.test(bare)) return -1
  if (words > 9 || (words > 5 && !asks.test(bare))) return -0.6
  if (/ (?:with|has|have|is|are)(?: |$)/i.test(bare) && !asks.test(bare)) return -0.5
  if (looksLikeFieldItem(item)) return 1
  return words > 3 || isPlural(bare) ? 0.2 : 0.6
}

const asks =
  /^(?:the |its |their )?(?:when|how|whether|if|who|where|what|which|why|whose|did|is|was|has|can|date|day|place|time|year|price)\b/i
const speaks =
  /^(?:it|them|they|that|this|i|we)$|\b(?:i|we)(?:'d|'ve|'m|'re)? (?:want|need|would|like|have|run|am|are|keep|do|also|just|sell|wanna|can|should)\b|\b(?:should|please|so that|because|app|me|us|myself|everybody|everyone|you)\b/i

/** "clients (name, email)": a list of things, each with its fields. */
function isThingWithFields(item: string): boolean {
  const [, thing, inside] = item.match(/^(.+?)\s*\(([^)]*)\)/) ?? []
  return thing !== undefined && inside !== undefined && isPlural(thing) && holdsFields(item)
}

function holdsFields(item: string): boolean {
  const parts = splitItems(item.match(/\(([^)]*)\)/)?.[1] ?? "")
  return parts.length > 1 && parts.filter(looksLikeFieldItem).length * 2 >= parts.length
}

/** Whether things with fields in parentheses stand before: then the clause is a series of them. */
function hasListIn(before: string): boolean {
  const others = before.match(/\p{L}s (?:with|having|have) (.+?),? and \p{L}[\p{L} ]+s$/iu)?.[1]
  if (others && splitItems(others).some(looksLikeFieldItem)) return true
  return [...before.matchAll(/\(([^)]*)\)/g)].some(
    ([, inside = ""]) => splitItems(inside).filter(looksLikeFieldItem).length > 1,
  )
}
