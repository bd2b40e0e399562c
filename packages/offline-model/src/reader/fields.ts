/** One item of a list, such as "status (lead, done)" or "weight in kg", as a field. */
import type { Field, FieldType } from "../blueprints/index.ts"
import { labelFor } from "../blueprints/names.ts"
import beyondWords from "../lexicon/beyond.json" with { type: "json" }
import fieldTypes from "../lexicon/field-types.json" with { type: "json" }
import signs from "../lexicon/signs.json" with { type: "json" }
import smallWords from "../lexicon/small-words.json" with { type: "json" }
import { headOf } from "./heads.ts"
import { has, isSmall, lows, phraseOf, splitAt, type Token, wordsIn } from "./tokens.ts"
import { setOf, singular } from "./words.ts"

/** A field that was read, with all tokens that said so. */
export interface FieldDraft extends Omit<Field, "name" | "to"> {
  words: string
  said: Token[]
}

const learnt: ReadonlyMap<string, string> = new Map(Object.entries(fieldTypes))
const lead = setOf(signs.lead)
const trail = setOf("and or the a is was please pls etc")
const units = setOf(signs.units)
const money = setOf(signs.types.money)
const flags = setOf(`${signs.flags} or`)
const flagEndings = [
  "or not",
  "yes / no",
  "yes or no",
  "y / n",
  "flag",
  "checkbox",
  "tickbox",
  "true / false",
]
const range = setOf("from to out of stars star scale between")
const numbers = new Map(Object.entries(signs.numbers))
const asks = setOf("what who when where how which why")
const ifs = setOf("whether if")
const relatives = setOf("where that which who can could should must will so because")
const filler = setOf(`${smallWords.pronouns} ${smallWords.auxiliaries} there`)
const beyond = setOf(Object.values(beyondWords).join(" "))
const pictures = setOf(signs.pictures)
const amounts = setOf("money decimal whole_number")
// "phone number", "e-mail address"
const exact = setOf("phone email url")
const namedTypes = Object.entries(signs.types).map(([type, words]) => [type, setOf(words)] as const)
const typeWords = setOf(`${Object.values(signs.types).join(" ")} and`)
const opening = setOf("( [ { : =")
const closing = setOf(") ] }")
const choosing = setOf(", / | ; or and ·")
const nameMarks = setOf("/ & % # +")
const marks = setOf("( [ { ) ] } \" “ ” * _ ` ' | < > # ! .")
const mostWords = 7

/** Undefined when the item is no name of a field. */
export function readField(item: readonly Token[]): FieldDraft | undefined {
  const { name: said, ...shape } = shapeOf(nameAndDetail(item))
  const name = plainName(trimmed(said))
  const words = phraseOf(name).toLowerCase()
  const short = words.split(" ").length <= mostWords && lows(said).some((word) => word.length > 1)
  if (words === "" || !short || asksMore(lows(said))) return undefined
  const bounds = shape.type === "rating" && shape.max === undefined ? { min: 1, max: 5 } : {}
  return {
    words,
    label: labelFor(phraseOf(name)),
    required: false,
    said: [...item],
    ...bounds,
    ...shape,
  }
}

/** "feed where people can comment", "live chat room", "friends log in": more than a thing to note. */
function asksMore(words: readonly string[]): boolean {
  if (signs.access.some((each) => ` ${words.join(" ")} `.includes(` ${each} `))) return true
  if (
    words.length > 3 &&
    !asks.has(words[0] ?? "") &&
    words.some((word, at) => at > 0 && relatives.has(word))
  )
    return true
  const isMore = (word: string) =>
    (beyond.has(word) && !learnt.has(singular(word))) ||
    (pictures.has(word) && !words.includes("link"))
  return words.some(isMore)
}

/** Whether the head of an item is known to name a field: then a bare list is one of fields. */
export function isFieldLike(item: readonly Token[]): boolean {
  const words = lows(trimmed(nameAndDetail(item).name))
  return words.length > 0 && words.length <= mostWords && learnt.has(headOf(words))
}

/** The type that a name suggests. */
export function typeOfName(words: readonly string[]): FieldType {
  const head = headOf(words)
  const said = learnt.get(head) ?? (words.length === 1 && head.endsWith("ed") ? "flag" : "text")
  const before = words.length > 1 ? (learnt.get(singular(words.at(-2) ?? "")) ?? "") : ""
  // "amount due", "price paid", "minutes taken"
  const rather = said === "flag" || said === "date" ? amounts.has(before) : exact.has(before)
  const type = rather ? before : said
  // The lexicon is learnt from types of fields; a choice needs something to choose from.
  return type === "choice" || type === "reference" ? "text" : (type as FieldType)
}

interface Parts {
  name: Token[]
  detail: Token[]
}

/** "status (a, b)", "status: a / b" and "status = a/b" have a detail behind their name. */
function nameAndDetail(item: readonly Token[]): Parts {
  const at = item.findIndex(({ low }, place) => place > 0 && opening.has(low))
  const end = item.findIndex(({ low }, place) => place > at && closing.has(low))
  const detail = at < 0 ? [] : item.slice(at + 1, end < 0 ? undefined : end)
  const name = at < 0 ? item : [...item.slice(0, at), ...(end < 0 ? [] : item.slice(end + 1))]
  return { name: name.filter(({ low }) => !marks.has(low)), detail }
}

type Shape = Pick<FieldDraft, "type"> &
  Partial<Pick<FieldDraft, "choices" | "min" | "max" | "unit">> & { name: Token[] }

function shapeOf({ name: said, detail }: Parts): Shape {
  const name = said.filter(({ low }) => low !== "?")
  const start = said.findIndex(({ low }) => !lead.has(low) || ifs.has(low))
  if (ifs.has(said[start]?.low ?? "") || ifs.has(lows(name)[0] ?? "")) return { name, type: "flag" }
  const type = typeIn(detail)
  if (type && lows(detail).every((word) => typeWords.has(word))) return { name, type }
  return (
    flagShape(name, { detail, asked: said.at(-1)?.low === "?" }) ??
    rangeShape(name, detail) ??
    choiceShape(name, detail) ??
    unitShape(name, detail) ??
    amountShape(name) ?? { name, type: type ?? typeOfName(lows(trimmed(name))) }
  )
}

/** "returned?", "vegan yes/no", "furnished or not" */
function flagShape(
  name: Token[],
  { detail, asked }: { detail: Token[]; asked: boolean },
): Shape | undefined {
  const inside = lows(detail)
  if (inside.length > 0 && inside.length < 4 && inside.every((word) => flags.has(word)))
    return { name, type: "flag" }
  if (detail.length > 0) return undefined
  const text = name.map(({ low }) => low).join(" ")
  const ending = flagEndings.find((each) => text.endsWith(` ${each}`))
  if (ending !== undefined) return { name: name.slice(0, -ending.split(" ").length), type: "flag" }
  return asked ? { name, type: "flag" } : undefined
}

/** "from 1 to 5", "1-5 stars", "out of 10" */
function rangeShape(name: Token[], detail: Token[]): Shape | undefined {
  const said = wordsIn(detail.length > 0 ? detail : name)
  const found = said.flatMap(({ low }) => numbersIn(low))
  const [min, max] = found.length > 1 ? found : [1, found[0]]
  const says = has(said, range) || said.some(({ low }) => numbersIn(low).length > 1)
  if (!says || min === undefined || max === undefined || max <= min) return undefined
  const isRange = ({ low }: Token) => range.has(low) || numbersIn(low).length > 0
  const type = max <= 10 && min <= 1 ? "rating" : "whole_number"
  if (detail.length > 0) return said.every(isRange) ? { name, type, min, max } : undefined
  const at = name.findIndex(isRange)
  const left = at > 0 ? name.slice(0, at) : name.filter(({ low }) => numbersIn(low).length === 0)
  return { name: left, type, min, max }
}

function numbersIn(word: string): number[] {
  const named = numbers.get(word)
  return named === undefined ? word.split("-").map(Number).filter(Number.isInteger) : [named]
}

/** "colour (red, white or rosé)", "difficulty easy/moderate/hard", "home or away" */
function choiceShape(name: Token[], detail: Token[]): Shape | undefined {
  const inside = choicesIn(detail)
  if (inside.length > 1) return { name, type: "choice", choices: inside }
  const slash = name.findIndex(({ low, spaced }) => low === "/" && !spaced)
  const chain = slash > 0 ? choicesIn(name.slice(slash - 1)) : []
  if (chain.length > 2)
    return { name: slash > 1 ? name.slice(0, slash - 1) : name, type: "choice", choices: chain }
  const or = name.findIndex(({ low }) => low === "or")
  return or > 0 && or === name.length - 2
    ? { name, type: "choice", choices: choicesIn(name.slice(or - 1)) }
    : undefined
}

/** What a list offers to choose from; empty when it says something else. */
export function choicesIn(tokens: readonly Token[]): string[] {
  const parts = splitAt(tokens, ({ low }) => choosing.has(low))
  const said = parts.map((part) =>
    phraseOf(part.filter(({ low }) => !marks.has(low) || low === "'")),
  )
  const choices = [...new Set(said)].filter((each) => each !== "" && each.length <= 40).slice(0, 30)
  return choices.some((each) => each.split(" ").length > 4) ? [] : choices
}

/** "weight in kg", "weight (kg)", "price in euros" */
function unitShape(name: Token[], detail: Token[]): Shape | undefined {
  const inside = wordsIn(detail)
  const at = name.findLastIndex(({ low }) => low === "in")
  const isLast = at > 0 && at === name.length - 2
  const unit = isLast ? name[at + 1] : inside.length < 3 ? inside[0] : undefined
  const named = isLast ? name.slice(0, at) : name
  if (unit && isLast && money.has(unit.low)) return { name: named, type: "money" }
  if (!unit || !units.has(unit.low)) return undefined
  const type = typeOfName(lows(trimmed(named)))
  return { name, type: amounts.has(type) ? type : "decimal", unit: unit.text }
}

/** "how many tablets left" counts, "how much I paid" is money. */
function amountShape(name: Token[]): Shape | undefined {
  const [how, many] = lows(trimmed(name))
  if (how !== "how" || (many !== "many" && many !== "much")) return undefined
  const rest = name.slice(name.findIndex(({ low }) => low === many) + 1)
  return many === "much"
    ? { name, type: "money" }
    : { name: rest.length > 0 ? rest : name, type: "whole_number" }
}

/** "(number)", "(web address)" */
export function typeIn(detail: readonly Token[]): FieldType | undefined {
  const words = lows(detail)
  if (words.includes("date") && words.includes("time")) return "datetime"
  if (words.length === 0 || words.length > 3) return undefined
  const found = namedTypes.find(([, names]) => words.some((word) => names.has(word)))
  // Its keys are types of fields.
  return found?.[0] as FieldType | undefined
}

/** Without "the", "its", "and also" before it, and without a word that hangs behind it. */
function trimmed(name: readonly Token[]): Token[] {
  const words = name.filter(({ kind, low }) => kind === "word" || nameMarks.has(low))
  const start = words.findIndex(({ low }, at) => !lead.has(low) || at === words.length - 1)
  const hangs = words.length > start + 1 && trail.has(words.at(-1)?.low ?? "")
  return words.slice(Math.max(0, start), hangs ? -1 : undefined)
}

/** "date it was brought in" is the date brought in; "which ewe" is the ewe. */
function plainName(name: Token[]): Token[] {
  const [first, ...rest] = name
  if (first?.low === "which" && rest.length === 1) return rest
  const kept = name.filter(({ low }) => !filler.has(low))
  return asks.has(first?.low ?? "") || !kept.some(isContent) ? name : kept
}

/** Whether a word is one that names a thing or a field, and not a small one. */
export const isContent = ({ kind, low }: Token): boolean => kind === "word" && !isSmall(low)
