/** How the value of each kind of parameter is said: after or before the words that announce it. */
import { dataModel } from "@vibecaas/contract/data-model"
import { type Announcement, after, announcements, whole } from "./announcements.ts"
import type { Parameter } from "./catalogue.ts"
import { isOf, passageOf } from "./clauses.ts"
import colors from "./colors.json" with { type: "json" }
import { currencyIn, isCurrency } from "./currencies.ts"
import { listsSaid } from "./model/loose-list.ts"
import { modelOf } from "./model/model-of.ts"
import { readModelChange } from "./model/read-change.ts"
import { withSettings } from "./model/settings.ts"
import { is } from "./model/words.ts"
import { askedIn } from "./read-asked.ts"
import { daysIn } from "./read-days.ts"
import { hoursIn } from "./read-hours.ts"
import { listAfter } from "./read-items.ts"
import { pricesIn } from "./read-prices.ts"
import { purposeIn } from "./read-purpose.ts"
import { questionsIn } from "./read-questions.ts"
import { isCapital, isNumber, quotesIn, type Said } from "./said.ts"
import { fold, isMark, type Passage, type Prompt, phraseOf, type Token, wordsIn } from "./text.ts"

type Of<Kind extends Parameter["kind"]> = Extract<Parameter, { kind: Kind }>
/** @param now the value that is to be changed; none where the app is new */
type Reader = (prompt: Prompt, parameter: Parameter, now: unknown) => Said[]

/** Values in the order in which they are believed. */
export const readers: Record<Parameter["kind"], Reader> = {
  text: (prompt, parameter, now) => [
    ...(parameter.reads === "word"
      ? announcements(prompt, parameter).flatMap((words) => wordAfter(prompt, words))
      : []),
    ...currenciesOf(prompt, parameter),
    ...announcements(prompt, parameter).flatMap((words) => textAfter(prompt, words)),
    ...(isTitle(parameter)
      ? quotesIn(prompt).map((each) => ({ ...each, isLoose: true as const }))
      : []),
    // What there is already was named for what it is; a later prompt says what to change.
    ...(parameter.reads === "purpose" && now === undefined ? purposeIn(prompt) : []),
  ],
  long_text: (prompt, parameter) =>
    announcements(prompt, parameter).flatMap((words) => quoteAfter(prompt, words)),
  number: (prompt, parameter) => [
    ...(parameter.name.endsWith("_minutes") ? hoursAsMinutes(prompt) : []),
    ...announcements(prompt, parameter).flatMap((words) => noneOf(prompt, words)),
    ...announcements(prompt, parameter).flatMap((words) => numberNear(prompt, words)),
    ...rangesIn(prompt, parameter),
    ...(parameter.one?.[prompt.language] ?? []).flatMap((phrase) =>
      placesOf(prompt, phrase).map(({ at }) => ({ value: 1, at })),
    ),
  ],
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
  list: (prompt, parameter) => {
    if (parameter.reads === "prices") return pricesIn(prompt, announcements(prompt, parameter))
    return [
      ...(parameter.reads === "questions" ? questionsIn(prompt) : []),
      ...(parameter.reads === "asked" ? askedIn(prompt) : []),
      ...(parameter.reads === "days" ? daysIn(prompt) : []),
      ...announcements(prompt, parameter).flatMap((words) =>
        parameter.reads === "hours" ? hoursAfter(prompt, words) : listAfter(prompt, words),
      ),
    ]
  },
  data_model: (prompt, _, now) => {
    const before = now === undefined ? undefined : dataModel.safeParse(now).data
    const made = before ? undefined : modelOf(listsSaid(prompt), prompt)
    const read = before ? readModelChange(prompt, before) : made && withSettings(made, prompt)
    const [first] = read?.parts ?? []
    return read && first
      ? [{ value: read.model, at: first.at, parts: read.parts, unsure: read.unsure }]
      : []
  },
}

/** "chart by region"; "chart by month" says how time is divided. */
function wordAfter(prompt: Prompt, words: Announcement): Said[] {
  const word = after(prompt, words).rest.find((each) => !each.small)
  if (!word || isMark(word) || isOf("times", word, prompt.language)) return []
  return [{ value: word.text, at: whole(prompt, words, word) }]
}

/** A quote right behind the words that announce it. */
export function quoteAfter(prompt: Prompt, words: Announcement): Said[] {
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

/** What a quoted name goes to that nothing announces. */
const isTitle = ({ name }: Parameter) => titles.test(name)
const titles = /title|(^|_)name$|Name$/

function numberNear(prompt: Prompt, words: Announcement): Said[] {
  const { tokens } = prompt
  const before = tokens.slice(0, words.start)
  const near = before.slice(-2).filter((each) => each.low !== "%" && each.low !== "-")
  const number = near.at(-1)
  const follows = after(prompt, words).rest.find(
    (each) => !isMark(each) && !each.small && !isCurrency(each),
  )
  const found: Said[] = []
  const end = tokens[words.end - 1]
  // "from 9 to 5" is of hours; "tables of 4" and "from 4 people" only sound like it.
  const isSmall = tokens.slice(words.start, words.end).every((each) => isFromOrTo(each))
  const isSaid = (each: Token) => isNumber.test(each.text) && (!isSmall || isHour(tokens, each))
  // "10 to 22" ends with what stands behind.
  const isEnd = isSmall && tokens.slice(words.start, words.end).every((each) => is("to", each))
  if (number && !isEnd && isSaid(number) && end)
    found.push({ value: numberOf(number.text), at: { from: number.from, to: end.to } })
  if (follows && isSaid(follows) && follows.from - (end?.to ?? 0) < 8)
    found.push({ value: numberOf(follows.text), at: whole(prompt, words, follows) })
  return found
}

/** "without VAT" is 0 of it. */
function noneOf(prompt: Prompt, words: Announcement): Said[] {
  const before = prompt.tokens[words.start - 1]
  const end = prompt.tokens[words.end - 1]
  const isNone = before && end && isOf("negates", before, prompt.language)
  return isNone ? [{ value: 0, at: { from: before.from, to: end.to } }] : []
}

/** "10 to 22" and "9-18 Uhr" have both ends, which no other words announce. */
const rangesIn = ({ tokens }: Prompt, { words }: Parameter): Said[] => {
  const isOfSome = (list: "from" | "to") => words.en.some((word) => is(list, { low: word }))
  const [begins, ends] = [isOfSome("from"), isOfSome("to")]
  if (!begins && !ends) return []
  return tokens.flatMap((each, at) => {
    const [mark, end] = [tokens[at + 1], tokens[at + 2]]
    if (!mark || !end || !isNumber.test(each.text) || !isNumber.test(end.text)) return []
    if (!is("to", mark) || numberOf(each.text) >= numberOf(end.text) || !isHour(tokens, each))
      return []
    return begins
      ? [{ value: numberOf(each.text), at: each }]
      : [{ value: numberOf(end.text), at: { from: mark.from, to: end.to } }]
  })
}

const hourWords = new Set([
  "hour",
  "hours",
  "hr",
  "hrs",
  "stunde",
  "stunden",
  "heure",
  "heures",
  "hora",
  "horas",
])
const longest = 4

/** "2 hour slots" are of 120 minutes. */
function hoursAsMinutes({ tokens }: Prompt): Said[] {
  return tokens.flatMap((each, at) => {
    const hour = tokens.slice(at + 1, at + 3).find(({ text }) => text !== "-")
    const hours = numberOf(each.text)
    const isLength = isNumber.test(each.text) && hours <= longest && hourWords.has(hour?.low ?? "")
    const isClock = is("from", tokens[at - 1]) || is("to", tokens[at - 1])
    if (!hour || !isLength || isClock) return []
    return [{ value: hours * 60, at: { from: each.from, to: hour.to } }]
  })
}

const isFromOrTo = (each: Token) => is("from", each) || is("to", each)

const clocks = new Set(["am", "pm", "uhr", "h", "heures", "horas"])
const ranges = new Set([..."-–", "to", "until", "till", "bis", "a", "y"])

/** Whether a number is a time: before a word of clocks, or one end of two. */
function isHour(tokens: readonly Token[], number: Token): boolean {
  const at = tokens.indexOf(number)
  const between = (word: Token | undefined, other: Token | undefined) =>
    ranges.has(word?.low ?? "") &&
    (isNumber.test(other?.text ?? "") || clocks.has(other?.low ?? ""))
  return (
    clocks.has(tokens[at + 1]?.low ?? "") ||
    between(tokens[at + 1], tokens[at + 2]) ||
    between(tokens[at - 1], tokens[at - 2])
  )
}

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
