/** How the value of each kind of parameter is said: after or before the words that announce it. */
import { dataModel } from "@vibecaas/contract/data-model"
import type { StarterValues } from "@vibecaas/contract/starter-form"
import type { Parameter } from "./catalogue.ts"
import { isOf, passageOf } from "./clauses.ts"
import colors from "./colors.json" with { type: "json" }
import { currencyIn } from "./currencies.ts"
import { type ModelPart, modelOf } from "./model/model-of.ts"
import { readModelChange } from "./model/read-change.ts"
import { listsIn } from "./model/read-lists.ts"
import { hoursIn } from "./read-hours.ts"
import { questionsIn } from "./read-questions.ts"
import { fold, isMark, type Passage, type Prompt, phraseOf, type Token, wordsIn } from "./text.ts"

/** A value that a text may say, with the place where it does. */
export interface Said {
  value: StarterValues[string]
  at: Passage
  /** of a data model: what each passage asked for; `at` is the first of them */
  parts?: ModelPart[]
  /** of a data model: fields whose type nothing says */
  unsure?: string[]
}

type Of<Kind extends Parameter["kind"]> = Extract<Parameter, { kind: Kind }>
/** @param now the value that is to be changed; none where the app is new */
type Reader = (prompt: Prompt, parameter: Parameter, now: unknown) => Said[]

/** Values in the order in which they are believed. */
export const readers: Record<Parameter["kind"], Reader> = {
  text: (prompt, parameter) => [
    ...currenciesOf(prompt, parameter),
    ...announcements(prompt, parameter).flatMap((words) => textAfter(prompt, words)),
    ...(isTitle(parameter) ? quotesIn(prompt) : []),
  ],
  long_text: (prompt, parameter) =>
    announcements(prompt, parameter).flatMap((words) => quoteAfter(prompt, words)),
  number: (prompt, parameter) =>
    announcements(prompt, parameter).flatMap((words) => numberNear(prompt, words)),
  choice: (prompt, parameter, now) => [
    ...currenciesOf(prompt, parameter),
    ...choicesIn(prompt, parameter as Of<"choice">),
    ...(now === undefined ? languageOf(prompt, parameter) : []),
  ],
  flag: (prompt, parameter) =>
    announcements(prompt, parameter).map((words) => flagOf(prompt, words)),
  color: (prompt, parameter) => [
    ...hexColors(prompt),
    ...announcements(prompt, parameter).flatMap((words) => colorNear(prompt, words)),
  ],
  list: (prompt, parameter) => [
    ...(parameter.reads === "questions" ? questionsIn(prompt) : []),
    ...announcements(prompt, parameter).flatMap((words) =>
      parameter.reads === "hours" ? hoursAfter(prompt, words) : listAfter(prompt, words),
    ),
  ],
  data_model: (prompt, _, now) => {
    const before = now === undefined ? undefined : dataModel.safeParse(now).data
    const read = before ? readModelChange(prompt, before) : modelOf(listsIn(prompt), prompt)
    const [first] = read?.parts ?? []
    return read && first
      ? [{ value: read.model, at: first.at, parts: read.parts, unsure: read.unsure }]
      : []
  },
}

/** Where a parameter's words stand: from and to as places among the tokens, the end left out. */
interface Announcement {
  start: number
  end: number
}

function announcements({ tokens, language }: Prompt, { words, label }: Parameter): Announcement[] {
  const phrases = [...words[language], ...words.en, label[language]]
  const found = phrases.flatMap((phrase) => {
    const stems = wordsIn(phraseOf(phrase, language).tokens).map(({ stem }) => stem)
    if (stems.length === 0) return []
    return tokens.flatMap((_, start) => {
      const end = start + stems.length
      const here = tokens.slice(start, end)
      const same = here.length === stems.length && here.every(({ stem }, at) => stem === stems[at])
      return same ? [{ start, end }] : []
    })
  })
  // The longest words first: "tax rate" says more than "tax".
  return found.sort((one, other) => other.end - other.start - (one.end - one.start))
}

/** The tokens after some words, without what only leads to a value: ":", "are", "=". */
function after({ tokens }: Prompt, { end }: Announcement): { rest: Token[]; led: boolean } {
  const rest = tokens.slice(end)
  const lead = rest.findIndex((each) => !leads.has(each.low))
  return { rest: lead < 0 ? [] : rest.slice(lead), led: lead > 0 }
}

const leads = new Set(": = are is of sind ist von sont est de son es".split(" "))

const whole = (prompt: Prompt, { start }: Announcement, last: Token): Passage => ({
  from: prompt.tokens[start]?.from ?? last.from,
  to: last.to,
})

const quotes = /["“„«]\s*([^"“”„«»\n]{1,200}?)\s*["“”»]/gu

function quotesIn({ text }: Prompt): Said[] {
  return [...text.matchAll(quotes)].map(({ 0: all, 1: value = "", index }) => ({
    value,
    at: { from: index, to: index + all.length },
  }))
}

function quoteAfter(prompt: Prompt, words: Announcement): Said[] {
  const [next] = after(prompt, words).rest
  const quote = next && quotesIn(prompt).find(({ at }) => at.from === next.from)
  const end = prompt.tokens.findLast((each) => quote && each.to <= quote.at.to)
  return quote && end ? [{ value: quote.value, at: whole(prompt, words, end) }] : []
}

/**
 * A name without quotes begins with a capital letter, and goes on while its words do. After "for my" it has
 * two such words at least: "für meine Bäckerei Krümel" says a name, "für meine Bäckerei" says none.
 */
function textAfter(prompt: Prompt, words: Announcement): Said[] {
  const quoted = quoteAfter(prompt, words)
  if (quoted.length > 0) return quoted
  const { rest } = after(prompt, words)
  const start = rest.findIndex((each) => !isOf("own", each, prompt.language))
  const named = start < 0 ? [] : rest.slice(start)
  const end = named.findIndex(({ text }) => !isCapital.test(text))
  const name = named.slice(0, end < 0 ? undefined : end)
  const last = name.at(-1)
  const at = passageOf(name)
  return last && at && (start === 0 || name.length > 1)
    ? [{ value: prompt.text.slice(at.from, at.to), at: whole(prompt, words, last) }]
    : []
}

const isCapital = /^[\p{Lu}\d]/u

/** What a quoted name goes to that nothing announces. */
const isTitle = ({ name }: Parameter) => titles.test(name)
const titles = /title|(^|_)name$|Name$/

function numberNear(prompt: Prompt, words: Announcement): Said[] {
  const { tokens } = prompt
  const before = tokens.slice(0, words.start)
  const near = before.slice(-2).filter((each) => each.low !== "%" && each.low !== "-")
  const number = near.at(-1)
  const follows = after(prompt, words).rest.find((each) => !isMark(each) && !each.small)
  const found: Said[] = []
  const end = tokens[words.end - 1]
  if (number && isNumber.test(number.text) && end)
    found.push({ value: numberOf(number.text), at: { from: number.from, to: end.to } })
  if (follows && isNumber.test(follows.text) && follows.from - (end?.to ?? 0) < 8)
    found.push({ value: numberOf(follows.text), at: whole(prompt, words, follows) })
  return found
}

const isNumber = /^\d+(?:[.,]\d+)?$/
const numberOf = (text: string) => Number(text.replace(",", "."))

function choicesIn(prompt: Prompt, { choices, ...parameter }: Of<"choice">): Said[] {
  const near = announcements(prompt, parameter as Parameter)
  return choices.flatMap(({ value, label }) =>
    [value, label[prompt.language], label.en].flatMap((name) =>
      placesOf(prompt, name)
        .filter(({ at }) => near.some(({ start, end }) => isBeside(prompt, at, { start, end })))
        .map(({ at }) => ({ value, at })),
    ),
  )
}

function placesOf({ tokens, language }: Prompt, name: string): { at: Passage }[] {
  const wanted = wordsIn(phraseOf(name, language).tokens).map(({ low }) => low)
  return tokens.flatMap((_, start) => {
    const here = tokens.slice(start, start + wanted.length)
    const at = passageOf(here)
    return at && wanted.length > 0 && here.every(({ low }, index) => low === wanted[index])
      ? [{ at }]
      : []
  })
}

/** Whether something stands within two words of some others. */
function isBeside({ tokens }: Prompt, at: Passage, { start, end }: Announcement): boolean {
  const place = tokens.findIndex(({ from }) => from === at.from)
  return place >= start - 3 && place <= end + 2
}

function currenciesOf(prompt: Prompt, parameter: Parameter): Said[] {
  if (parameter.name !== "currency") return []
  const offered =
    parameter.kind === "choice" ? parameter.choices.map(({ value }) => value) : undefined
  return currencyIn(prompt).filter(({ value }) => offered?.includes(value) ?? true)
}

/** A new app speaks as its prompt does; no words of it say so. */
const languageOf = ({ language }: Prompt, { reads }: Parameter): Said[] =>
  reads === "language" ? [{ value: language, at: { from: 0, to: 0 }, parts: [] }] : []

/** "no votes" says no, "votes" yes. */
function flagOf({ tokens, language }: Prompt, { start, end }: Announcement): Said {
  const before = tokens.slice(Math.max(0, start - 2), start)
  const no = before.find((each) => isOf("negates", each, language))
  const at = passageOf([...(no ? [no] : []), ...tokens.slice(start, end)])
  return { value: no === undefined, at: at ?? { from: 0, to: 0 } }
}

function hexColors({ text }: Prompt): Said[] {
  return [...text.matchAll(/#[0-9a-f]{6}\b/gi)].map(({ 0: value, index }) => ({
    value: value.toLowerCase(),
    at: { from: index, to: index + value.length },
  }))
}

const colorByWord = new Map(
  Object.entries(colors).flatMap(([value, words]) =>
    words.split(" ").map((word) => [fold(word), value] as const),
  ),
)

function colorNear(prompt: Prompt, { start, end }: Announcement): Said[] {
  const { tokens } = prompt
  const near = tokens.slice(Math.max(0, start - 1), end + 3)
  return near.flatMap((each) => {
    const value = colorByWord.get(each.low)
    const at = passageOf([each, ...tokens.slice(start, end)].sort((a, b) => a.from - b.from))
    return value && at ? [{ value, at }] : []
  })
}

function hoursAfter(prompt: Prompt, words: Announcement): Said[] {
  const hours = hoursIn(prompt, after(prompt, words).rest)
  return hours ? [{ value: hours.value, at: whole(prompt, words, hours.last) }] : []
}

const itemWordsMax = 6

/** "columns: Ideas, Doing and Done": after a colon, or with a comma between. */
function listAfter(prompt: Prompt, words: Announcement): Said[] {
  const { rest, led } = inBrackets(after(prompt, words))
  // "rooms and who is online" goes on to something else.
  if (!led && rest[0] && isOf("and", rest[0], prompt.language)) return []
  const items: Token[][] = [[]]
  let commas = 0
  for (const each of rest) {
    if (listEnds.has(each.text)) break
    const isComma = each.text === "," || each.text === "/"
    const isAnd = isOf("and", each, prompt.language)
    if (isOf("joins", each, prompt.language) && !isAnd) break
    if (isComma) commas++
    if (isComma || isAnd) items.push([])
    else items.at(-1)?.push(each)
  }
  const kept = items.filter((item) => item.length > 0)
  const capitals = isCapital.test(kept[0]?.[0]?.text ?? "")
  const end = kept.findIndex((item, at) => !isItem(item, { capitals, isFirst: at === 0 }))
  const list = kept.slice(0, end < 0 ? undefined : end)
  const last = list.at(-1)?.at(-1)
  if (!last || (!led && commas === 0) || list.length < 2) return []
  const value = list.flatMap((item) => {
    const at = passageOf(item)
    return at ? [prompt.text.slice(at.from, at.to)] : []
  })
  return [{ value, at: withCount(prompt, { words, last, count: value.length }) }]
}

/** "daily habits (water, reading)", "we are 3: Ana, Luis": what stands in brackets or after a colon, after one more word at most. */
function inBrackets(said: { rest: Token[]; led: boolean }): { rest: Token[]; led: boolean } {
  const open = said.rest.slice(0, 2).findIndex(({ text }) => text === "(")
  if (open < 0 && isNumber.test(said.rest[0]?.text ?? "") && said.rest[1]?.text === ":")
    return { rest: said.rest.slice(2), led: true }
  if (open < 0) return said
  const inside = said.rest.slice(open + 1)
  const close = inside.findIndex(({ text }) => text === ")")
  return { rest: inside.slice(0, close < 0 ? undefined : close), led: true }
}

/** "and you can drag cards" is no item any more, nor is "and a calendar" after "Open, Done". */
function isItem(item: readonly Token[], list: { capitals: boolean; isFirst: boolean }): boolean {
  const said = wordsIn(item)
  const [first] = said
  if (!first || said.length > itemWordsMax) return false
  if (list.isFirst || !first.small || isCapital.test(first.text)) return true
  return !list.capitals && said.length <= 2
}

const listEnds = new Set([...".!?;()\n"])

/** "3 columns" says nothing beyond the three that follow. */
function withCount(
  prompt: Prompt,
  { words, last, count }: { words: Announcement; last: Token; count: number },
): Passage {
  const before = prompt.tokens[words.start - 1]
  const start = before?.text === String(count) ? words.start - 1 : words.start
  return whole(prompt, { ...words, start }, last)
}
