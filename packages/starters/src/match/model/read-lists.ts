/** Lists that a prompt spells out, "books with title, author and pages": each a thing with its fields. */
import { isOf, passageOf } from "../clauses.ts"
import { isMark, type Passage, type Prompt, type Token, wordsIn } from "../text.ts"
import { askedOf } from "./questions.ts"
import { fieldIn, type ReadField } from "./read-field.ts"
import { is } from "./words.ts"

export interface ReadList {
  /** the thing's words */
  thing: readonly Token[]
  fields: readonly ReadField[]
  /** the words that say it, without those between them that are no field */
  at: readonly Passage[]
  /** what it is called as a whole: "A plant diary" of "A plant diary: plants with name" */
  title: readonly Token[]
}

const thingWordsMax = 3
const titleWordsMax = 5

/**
 * A thing, then "with", a colon or a bracket, then its fields. One list must have two fields of which
 * one is known as a field; then others need one.
 */
export function listsIn(prompt: Prompt): ReadList[] {
  const found: ReadList[] = []
  let end = 0
  for (const [place, each] of prompt.tokens.entries()) {
    if (place < end || !isIntro(each)) continue
    const list = listAt(prompt, { start: end, place })
    if (!list) continue
    found.push(list.read)
    end = list.end
  }
  const isMore = ({ fields }: ReadList) => fields.some((each) => each.sure && !isAsked(each))
  const isPlain = (list: ReadList) => list.fields.length >= 2 && isMore(list)
  return found.some(isPlain) ? found.filter(isMore) : []
}

const isIntro = (each: Token) => each.text === ":" || each.text === "(" || is("with", each)

/** "who has it" alone spells out no list. */
const isAsked = ({ tokens }: ReadField) => wordsIn(tokens).some((each) => is("asking", each))

const isNamedField = ({ sure, shape }: ReadField) => sure && shape.type !== "flag"

interface Read {
  read: ReadList
  /** place after its last token */
  end: number
}

function listAt(
  prompt: Prompt,
  { start, place }: { start: number; place: number },
): Read | undefined {
  const intro = prompt.tokens[place]
  const before = prompt.tokens.slice(start, place)
  const thing = thingBefore(before)
  const first = thing[0]
  if (!intro || !first) return undefined
  const { items, end } = itemsAfter(prompt, place)
  const fields = items.map((tokens) => ({
    tokens,
    field: hasPath(tokens, prompt)
      ? undefined
      : (fieldIn(tokens, prompt) ?? askedOf({ tokens, after: "," }, undefined, prompt)),
  }))
  const known = fields.flatMap(({ field }) => field ?? [])
  // "a diary: plants with name, place" is a list of plants.
  // "status (open, done)" are choices.
  const isOptions = intro.text === "(" && !known.some(isNamedField)
  if (
    known.length === 0 ||
    isOptions ||
    offersChoice(prompt.tokens.slice(place + 1, end)) ||
    (intro.text === ":" && items[0]?.some((each) => is("with", each)))
  )
    return undefined
  const title = titleBefore(before.slice(0, before.indexOf(first)))
  const lead = title.length > 0 ? title : askedBefore(before.slice(0, before.indexOf(first)))
  // "how many calories do I burn: weight, minutes" wants a result, which no list is.
  const isResult = is("asking", wordsIn(before)[0])
  const groups = groupsOf(isResult ? [] : [...lead, ...thing], fields).filter(
    (group) => group.length > 0,
  )
  const at = groups.flatMap((group) => passageOf(group) ?? [])
  return { read: { thing, fields: known, at, title }, end }
}

/** "DELETE /api/notes" is where something answers, and "yes/no" are choices. */
const hasPath = (tokens: readonly Token[], { text }: Prompt): boolean =>
  tokens.some(
    ({ text: mark, from, to }) =>
      mark === "/" &&
      /^\s?$/.test(text.slice(Math.max(0, from - 1), from)) &&
      /\S/.test(text.charAt(to)),
  )

/** "beach, mountains or town" is one of them; a thing has all of its fields. */
function offersChoice(tokens: readonly Token[]): boolean {
  let depth = 0
  return tokens.some((each) => {
    if (each.text === "(") depth++
    if (each.text === ")") depth--
    return depth === 0 && is("or", each)
  })
}

/** Words that stand together, apart from items that are no field. */
function groupsOf(
  lead: readonly Token[],
  fields: readonly { tokens: readonly Token[]; field: ReadField | undefined }[],
): Token[][] {
  const groups: Token[][] = [[...lead]]
  let open = true
  for (const { tokens, field } of fields) {
    if (!field) open = false
    else if (open) groups.at(-1)?.push(...tokens)
    else {
      groups.push([...tokens])
      open = true
    }
  }
  return groups.map((group) => group.toSorted((one, other) => one.from - other.from))
}

/** What is asked to be done with a thing belongs to it: "Keep track of my". */
function askedBefore(before: readonly Token[]): Token[] {
  const isAsked = (each: Token) => is("keeps", each) || is("add", each)
  const end = before.findLastIndex((each) => !each.small && !isAsked(each))
  return before.slice(end + 1).some(isAsked) ? before.slice(end + 1) : []
}

/**
 * The words that carry a wish right before an intro, without what is done with the thing: "tools" of
 * "tools I lend".
 */
function thingBefore(before: readonly Token[]): Token[] {
  const last = before.findLastIndex((each) => isMark(each) || !each.small)
  const end = before[last]
  if (!end || isMark(end)) return []
  const isOutside = (each: Token) =>
    isMark(each) || each.small || is("keeps", each) || is("add", each) || is("people", each)
  const start = before.slice(0, last + 1).findLastIndex(isOutside)
  if (is("people", before[start])) {
    const thing = thingBefore(before.slice(0, start))
    if (thing.length > 0) return thing
  }
  const thing = before.slice(Math.max(start + 1, last + 1 - thingWordsMax), last + 1)
  return thing.length > 0 ? thing : [end]
}

/** What stands over a colon right before a list. */
function titleBefore(before: readonly Token[]): Token[] {
  const colon = before.findLastIndex((each) => isMark(each))
  const rest = before.slice(colon + 1)
  if (before[colon]?.text !== ":" || rest.some((each) => !is("articles", each))) return []
  const start = before.slice(0, colon).findLastIndex((each) => isMark(each))
  const words = before.slice(start + 1, colon)
  const lead = words.findLastIndex((each) => each.small || is("keeps", each))
  const title = words.slice(words.length > titleWordsMax ? lead + 1 : leadEnd(words))
  return title.length <= titleWordsMax && title.some((each) => !each.small) ? title : []
}

const leadEnd = (words: readonly Token[]) => {
  const first = words.findIndex((each) => !each.small)
  return Math.max(0, first)
}

const ends = new Set([...".!?;\n:"])

/** What commas and "and" divide, up to the sentence's end or the thing of another list. */
function itemsAfter(
  { tokens, language }: Pick<Prompt, "tokens" | "language">,
  place: number,
): { items: Token[][]; end: number } {
  const end = endAfter(tokens, place)
  const said = itemsOf(tokens.slice(place + 1, end), language)
  const other = said.findIndex((item) => item.some((each, at) => at > 0 && is("with", each)))
  const kept = said.slice(0, other < 0 ? undefined : other)
  const next = other < 0 ? undefined : said[other]?.[0]
  return { items: kept, end: next ? tokens.indexOf(next) : end }
}

/** Where a sentence, or what is in brackets, ends. */
function endAfter(tokens: readonly Token[], place: number): number {
  const inBrackets = tokens[place]?.text === "("
  let depth = 0
  for (const [at, { text }] of tokens.entries()) {
    if (at <= place) continue
    if (text === "(") depth++
    if (depth === 0 && (ends.has(text) || (inBrackets && text === ")"))) return at
    if (text === ")") depth = Math.max(0, depth - 1)
  }
  return tokens.length
}

/** What commas and "and" divide, but for those in brackets. */
export function itemsOf(tokens: readonly Token[], language: Prompt["language"]): Token[][] {
  const items: Token[][] = [[]]
  let depth = 0
  for (const each of tokens) {
    if (each.text === "(") depth++
    if (depth === 0 && (each.text === "," || isOf("and", each, language))) items.push([])
    else items.at(-1)?.push(each)
    if (each.text === ")") depth = Math.max(0, depth - 1)
  }
  return items.filter((item) => wordsIn(item).length > 0)
}
