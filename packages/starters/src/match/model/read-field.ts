/** One item of a list of fields, "a rating from 1 to 5" or "status (open, done)", as a field. */
import type { Field } from "@vibecaas/contract/data-model"
import { isOf, passageOf } from "../clauses.ts"
import { currencyIn } from "../currencies.ts"
import { isMark, type Prompt, type Token, wordsIn } from "../text.ts"
import { askedIn, is, isBeyond, isFieldWord, typeIn } from "./words.ts"

/** A field that a prompt spells out, without its name in the model. */
export interface ReadField {
  tokens: readonly Token[]
  /** as the prompt writes it */
  label: string
  shape: Pick<Field, "type" | "choices" | "min" | "max" | "unit">
  /** whether its words say its type; otherwise it is kept as a text */
  sure: boolean
}

/** A field that nobody spelled out. */
export const plainField = (
  label: string,
  type: "text" | "long_text" | "date" | "flag" = "text",
): ReadField => ({
  ...{ tokens: [], label, shape: { type }, sure: true },
})

export const nameLabel = { en: "Name", de: "Name", fr: "Nom", es: "Nombre" }

const wordsMax = 4
const labelMax = 60

/** Nothing when the item is no plain name of a field, or names what no field can hold. */
export function fieldIn(item: readonly Token[], prompt: Prompt): ReadField | undefined {
  const { own, inside } = apart(item)
  const words = withoutArticle(withoutLead(wordsIn(own)))
  const choices = inside && optionsIn(inside, prompt)
  const noted = inside && !choices ? inside : []
  const shaped = shapeOf(
    [...own.filter((each) => words.includes(each) || isMark(each)), ...noted],
    prompt,
  )
  if (inside && !choices && shaped.rest.some((each) => inside.includes(each))) return undefined
  const said = wordsIn(shaped.rest)
  const [last] = said.slice(-1)
  if (
    !last ||
    said.length > wordsMax ||
    /^\d/.test(last.text) ||
    said.some(isBeyond) ||
    isLimit(said)
  )
    return undefined
  if (
    said.some(
      (each, at) =>
        isOf("joins", each, prompt.language) || (at > 0 && (isApart(each) || isDone(each))),
    )
  )
    return undefined
  const type = askedIn(said) ?? typeIn(said)
  const [first] = said
  if (!first || (first.small && type === undefined)) return undefined
  const named = said.length > 1 && said.at(-1)?.low === "flag" ? said.slice(0, -1) : said
  const label = labelOf(named, prompt)
  const isFlag = is("whether", wordsIn(own)[0]) && words.length < wordsIn(own).length
  return { tokens: item, label, ...settled({ choices, isFlag, type, ...shaped }) }
}

/** "max 6 tables" says how many there are. */
const isLimit = ([first, ...rest]: readonly Token[]) =>
  is("limits", first) && rest.some(({ text }) => /^\d/.test(text))

const isDone = (each: Token) => (is("gives", each) || is("add", each)) && !isFieldWord(each)

/** A small word that stands in no name of a field, as "by" of "sorted by title". */
const isApart = (each: Token) =>
  each.small &&
  typeIn([each]) === undefined &&
  !is("of", each) &&
  !is("articles", each) &&
  !is("in", each)

export function labelOf(tokens: readonly Token[], { text }: Pick<Prompt, "text">): string {
  const at = passageOf(tokens)
  const words = at ? text.slice(at.from, at.to).replaceAll(/\s+/g, " ") : ""
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, labelMax).trim()
}

/** An item without what it has in brackets. */
function apart(item: readonly Token[]) {
  const open = item.findIndex(({ text }) => text === "(")
  const [yes, mark, no] = item.slice(-3)
  if (open < 0 && mark?.text === "/" && is("yesNo", yes) && is("yesNo", no))
    return { own: item.slice(0, -3), inside: item.slice(-3) }
  if (open < 0) return { own: item, inside: undefined }
  const inside = item.slice(open + 1).filter(({ text }) => text !== ")")
  return { own: item.slice(0, open), inside }
}

function withoutLead(words: readonly Token[]): Token[] {
  if (is("each", words[0])) return withoutLead(words.slice(2))
  const isLead = (each: Token) =>
    is("articles", each) || is("whether", each) || (is("gives", each) && !isFieldWord(each))
  const start = words.findIndex((each) => !isLead(each))
  return start < 0 ? [] : words.slice(start)
}

/** An article stands before a name: after one, "ein" belongs to a verb, as in "tragen Name und Telefon ein". */
function withoutArticle(words: readonly Token[]): Token[] {
  return words.slice(0, words.findLastIndex((each) => !is("articles", each)) + 1)
}

/** What can be chosen, or "yes or no"; nothing when brackets hold something else. */
function optionsIn(inside: readonly Token[], prompt: Prompt): string[] | "flag" | undefined {
  const parts: Token[][] = [[]]
  for (const each of inside)
    if (each.text === "," || each.text === "/" || is("or", each)) parts.push([])
    else parts.at(-1)?.push(each)
  const options = parts.filter(({ length }) => length > 0)
  if (options.length < 2 || options.some(({ length }) => length > 3)) return undefined
  if (options.flat().every((each) => is("yesNo", each))) return "flag"
  const labels = options.map((each) => labelOf(each, prompt))
  return new Set(labels).size === labels.length ? labels : undefined
}

export interface Shaped {
  rest: readonly Token[]
  range?: { min: number; max: number } | undefined
  /** whether it is one of some: "note sur 5" */
  isGraded?: boolean
  currency?: string | undefined
  unit?: string | undefined
}

/** What stands behind a name: bounds, a currency, a unit. */
export function shapeOf(tokens: readonly Token[], prompt: Prompt): Shaped {
  const last = tokens.at(-1)
  const ranged = rangeIn(tokens)
  if (ranged) return ranged
  const isGraded = tokens.some((each) => is("graded", each)) && is("outOf", tokens.at(-2))
  if (last && isNumber(last) && isGraded && Number(last.low) <= ratingMax) {
    const rest = tokens.slice(0, tokens.at(-3)?.low === "out" ? -3 : -2)
    return { rest, range: { min: 1, max: Number(last.low) }, isGraded }
  }
  const money = last && currencyIn({ ...prompt, tokens: [last] })[0]
  const before = withoutTail(tokens.slice(0, -1), "in")
  if (money && wordsIn(before).length > 0) return { rest: before, currency: money.value }
  if (is("units", last) && wordsIn(before).length > 0 && before.length < tokens.length - 1)
    return { rest: before, unit: last?.text }
  return { rest: tokens }
}

/** "rating from 1 to 5", "del 1 al 10 cuánto les gustó", "1-5 stars". */
function rangeIn(tokens: readonly Token[]): Shaped | undefined {
  const at = tokens.findIndex(
    (each, place) =>
      is("to", each) && [tokens[place - 1], tokens[place + 1]].every((end) => end && isNumber(end)),
  )
  const [min, max] = [tokens[at - 1], tokens[at + 1]].map((end) => Number(end?.low))
  if (at < 0 || min === undefined || max === undefined || min >= max) return undefined
  const after = tokens.slice(at + 2)
  const isGraded = is("graded", after[0])
  const rest = [...withoutTail(tokens.slice(0, at - 1), "from"), ...after.slice(isGraded ? 1 : 0)]
  return { rest: rest.length > 0 ? rest : after, range: { min, max }, isGraded }
}

const isNumber = ({ low }: Token) => /^\d{1,9}$/.test(low)
const withoutTail = (tokens: readonly Token[], list: "in" | "from") =>
  is(list, tokens.at(-1)) ? tokens.slice(0, -1) : tokens

interface Known extends Shaped {
  choices?: string[] | "flag" | undefined
  isFlag?: boolean
  type: Field["type"] | undefined
}

const ratingMax = 10

export function settled(known: Known): Pick<ReadField, "shape" | "sure"> {
  const { choices, isFlag, type, range, currency, unit } = known
  const sure = (shape: ReadField["shape"]) => ({ shape, sure: true })
  if (isFlag || choices === "flag") return sure({ type: "flag" })
  if (choices) return sure({ type: "choice", choices })
  if (currency) return sure({ type: "money", unit: currency })
  if (unit) return sure({ type: "decimal", unit })
  if (range) {
    const isRating =
      (type === "rating" || known.isGraded === true) && range.min >= 0 && range.max <= ratingMax
    return sure({
      type: isRating ? "rating" : type === "decimal" ? "decimal" : "whole_number",
      ...range,
    })
  }
  if (type === "rating") return sure({ type, min: 1, max: 5 })
  return { shape: { type: type ?? "text" }, sure: type !== undefined }
}
