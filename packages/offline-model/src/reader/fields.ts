/** One item of a list, such as "status (lead, done)" or "weight in kg", as a field. */
import type { Field, FieldType } from "../blueprints/index.ts"
import beyondWords from "../lexicon/beyond.json" with { type: "json" }
import fieldTypes from "../lexicon/field-types.json" with { type: "json" }
import signs from "../lexicon/signs.json" with { type: "json" }
import smallWords from "../lexicon/small-words.json" with { type: "json" }
import { headOf } from "./heads.ts"
import { isSmall, phraseOf, splitAt, type Token, wordsIn } from "./tokens.ts"
import { labelFor, setOf, singular } from "./words.ts"

/** A field that was read, with all tokens that said so. */
export interface FieldDraft extends Omit<Field, "name" | "to"> {
  words: string
  said: Token[]
}

const learnt: ReadonlyMap<string, string> = new Map(Object.entries(fieldTypes))
const lead = setOf(signs.lead)
const units = setOf(signs.units)
const flags = setOf(signs.flags)
const namedTypes = Object.entries(signs.types).map(([type, words]) => [type, setOf(words)] as const)
const typeWords = setOf(`${Object.values(signs.types).join(" ")} and`)
const brackets = setOf("( [ { ) ] } \" “ ” * _ ` ' | < > # ! .")
const mostWords = 7

/** Undefined when the item is no name of a field. */
export function readField(item: readonly Token[]): FieldDraft | undefined {
  const { name, detail } = nameAndDetail(item)
  const shape = shapeOf(name, detail)
  const named = plainName(trimmed(shape.name))
  const words = phraseOf(named).toLowerCase()
  const count = words.split(" ").length
  if (asksMore(wordsIn(shape.name).map(({ low }) => low))) return undefined
  if (words === "" || count > mostWords || !wordsIn(shape.name).some(({ low }) => low.length > 1))
    return undefined
  const { name: _, ...rest } = shape
  const bounds = rest.type === "rating" && rest.max === undefined ? { min: 1, max: 5 } : {}
  return {
    words,
    label: labelFor(phraseOf(named)),
    required: false,
    said: [...item],
    ...bounds,
    ...rest,
  }
}

/** "feed where people can comment", "live chat room": more than a thing to note. */
function asksMore(words: readonly string[]): boolean {
  const [first = ""] = words
  const relative =
    words.length > 3 && !asks.has(first) && words.some((word, at) => at > 0 && relatives.has(word))
  const more = words.some((word) => beyond.has(word) && !learnt.has(singular(word)))
  return relative || more || words.some((word) => pictures.has(word) && !words.includes("link"))
}

const beyond = setOf(Object.values(beyondWords).join(" "))
const pictures = setOf(signs.pictures)
const relatives = setOf("where that which who can could should must will so because")

/** Whether the head of an item is known to name a field: then a bare list is one of fields. */
export function isFieldLike(item: readonly Token[]): boolean {
  const { name } = nameAndDetail(item)
  const words = wordsIn(trimmed(name)).map(({ low }) => low)
  return words.length > 0 && words.length <= mostWords && learnt.has(headOf(words))
}

/** The type that a name suggests. */
export function typeOfName(words: readonly string[]): FieldType {
  const head = headOf(words)
  const before = learnt.get(singular(words.at(-2) ?? "")) ?? ""
  const said = learnt.get(head)
  // "amount due", "price paid", "minutes taken"
  const rather = said === "flag" || said === "date" ? amounts.has(before) : exact.has(before)
  const known =
    rather && words.length > 1
      ? before
      : (said ?? (words.length === 1 && head.endsWith("ed") ? "flag" : "text"))
  // The lexicon is learnt from types of fields; a choice needs something to choose from.
  return known === "choice" || known === "reference" ? "text" : (known as FieldType)
}

const amounts = setOf("money decimal whole_number")
// "phone number", "e-mail address"
const exact = setOf("phone email url")

/** "status (a, b)", "status: a / b" and "status = a/b" have a detail behind their name. */
function nameAndDetail(item: readonly Token[]): { name: Token[]; detail: Token[] } {
  const at = item.findIndex(
    ({ low }, place) => place > 0 && ["(", "[", ":", "=", "{"].includes(low),
  )
  if (at < 0)
    return {
      name: item.filter(({ low }) => low === "?" || low === "/" || !brackets.has(low)),
      detail: [],
    }
  const end = item.findIndex(({ low }, place) => place > at && [")", "]", "}"].includes(low))
  const inside = item.slice(at + 1, end < 0 ? undefined : end)
  const behind = end < 0 ? [] : item.slice(end + 1)
  const kept = [...item.slice(0, at), ...behind].filter(
    ({ low }) => low === "?" || low === "/" || !brackets.has(low),
  )
  return { name: kept, detail: inside }
}

type Shape = Pick<FieldDraft, "type"> &
  Partial<Pick<FieldDraft, "choices" | "min" | "max" | "unit">> & { name: Token[] }

function shapeOf(said: Token[], detail: Token[]): Shape {
  const asked = trimmed(said, true)[0]?.low
  const name = said.filter(({ low }) => low !== "?")
  const words = wordsIn(trimmed(name)).map(({ low }) => low)
  const [first] = wordsIn(name)
  if (asked === "whether" || asked === "if" || first?.low === "whether" || first?.low === "if")
    return { name, type: "flag" }
  const typed = typeIn(detail)
  if (typed && wordsIn(detail).every(({ low }) => typeWords.has(low))) return { name, type: typed }
  return (
    flagShape(said, name, detail) ??
    rangeShape(name, detail) ??
    choiceShape(name, detail) ??
    unitShape(name, detail) ??
    amountShape(name) ?? { name, type: typeIn(detail) ?? typeOfName(words) }
  )
}

/** "returned?", "vegan yes/no", "furnished or not" */
function flagShape(said: Token[], name: Token[], detail: Token[]): Shape | undefined {
  const words = wordsIn(detail).map(({ low }) => low)
  if (
    words.length > 0 &&
    words.length < 4 &&
    words.every((word) => flags.has(word) || word === "or")
  )
    return { name, type: "flag" }
  if (detail.length > 0) return undefined
  const text = name.map(({ low }) => low).join(" ")
  const endings = [
    " or not",
    " yes / no",
    " yes or no",
    " y / n",
    " ( y / n )",
    " flag",
    " checkbox",
    " tickbox",
    " true / false",
  ]
  const ending = endings.find((each) => text.endsWith(each))
  if (ending !== undefined)
    return { name: name.slice(0, -ending.trim().split(" ").length), type: "flag" }
  return said.at(-1)?.low === "?" ? { name, type: "flag" } : undefined
}

/** "from 1 to 5", "1-5 stars", "out of 10" */
function rangeShape(name: Token[], detail: Token[]): Shape | undefined {
  const said = wordsIn(detail.length > 0 ? detail : name)
  const numbers = said.flatMap(({ low }) => numbersIn(low))
  const [min, max] = numbers.length > 1 ? numbers : [1, numbers[0]]
  const says = said.some(({ low }) => range.has(low) || numbersIn(low).length > 1)
  if (!says || min === undefined || max === undefined || max <= min) return undefined
  const isRange = ({ low }: Token) => range.has(low) || numbersIn(low).length > 0
  const type = max <= 10 && min <= 1 ? "rating" : "whole_number"
  if (detail.length > 0) return said.every(isRange) ? { name, type, min, max } : undefined
  const at = name.findIndex(isRange)
  const left = at > 0 ? name.slice(0, at) : name.filter(({ low }) => numbersIn(low).length === 0)
  return { name: left, type, min, max }
}

const range = setOf("from to out of stars star scale between")
const numberWords: Record<string, number> = { three: 3, five: 5, ten: 10 }

const numbersIn = (word: string): number[] =>
  Object.hasOwn(numberWords, word)
    ? [numberWords[word] ?? 0]
    : word.split("-").map(Number).filter(Number.isInteger)

/** "colour (red, white or rosé)", "difficulty easy/moderate/hard", "home or away" */
function choiceShape(name: Token[], detail: Token[]): Shape | undefined {
  const parts = choicesIn(detail)
  if (parts.length > 1) return { name, type: "choice", choices: parts }
  const slashes = name.filter(({ low, spaced }) => low === "/" && !spaced).length
  if (slashes > 1) {
    const first = name.findIndex(({ low }) => low === "/") - 1
    const choices = choicesIn(name.slice(first))
    if (choices.length > 2)
      return { name: first > 0 ? name.slice(0, first) : name, type: "choice", choices }
  }
  const or = name.findIndex(({ low }) => low === "or")
  if (or < 1 || or !== name.length - 2) return undefined
  const from = or > 1 && name[or - 2]?.low === "," ? or - 1 : or - 1
  return { name, type: "choice", choices: choicesIn(name.slice(from)) }
}

/** What a list offers to choose from; empty when it says something else. */
export function choicesIn(tokens: readonly Token[]): string[] {
  const parts = splitAt(tokens, ({ low }) => [",", "/", "|", ";", "or", "and", "·"].includes(low))
  const said = parts.map((part) =>
    phraseOf(part.filter(({ low }) => !brackets.has(low) || low === "'")).trim(),
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
  const type = typeOfName(wordsIn(trimmed(named)).map(({ low }) => low))
  return { name, type: amounts.has(type) ? type : "decimal", unit: unit.text }
}

const money = setOf(signs.types.money)

/** "how many tablets left" counts, "how much I paid" is money unless it says of what. */
function amountShape(name: Token[]): Shape | undefined {
  const [how, many] = trimmed(name).map(({ low }) => low)
  if (how !== "how" || (many !== "many" && many !== "much")) return undefined
  const rest = name.slice(name.findIndex(({ low }) => low === many) + 1)
  if (many === "much") return { name, type: "money" }
  return { name: rest.length > 0 ? rest : name, type: "whole_number" }
}

/** "(number)", "(web address)" */
export function typeIn(detail: readonly Token[]): FieldType | undefined {
  const words = wordsIn(detail).map(({ low }) => low)
  if (words.includes("date") && words.includes("time")) return "datetime"
  if (words.length === 0 || words.length > 3) return undefined
  const found = namedTypes.find(([, names]) => words.some((word) => names.has(word)))
  // Its keys are types of fields.
  return found?.[0] as FieldType | undefined
}

/** Without "the", "its", "and also" before it; `keepAsk` keeps "whether". */
export function trimmed(name: readonly Token[], keepAsk = false): Token[] {
  const words = name.filter(
    ({ kind, low }) => kind === "word" || ["/", "&", "%", "#", "+"].includes(low),
  )
  let at = 0
  while (
    at < words.length - 1 &&
    lead.has(words[at]?.low ?? "") &&
    !(keepAsk && ["whether", "if"].includes(words[at]?.low ?? ""))
  )
    at++
  const end = words.length > at + 1 && isSmallEnd(words.at(-1)?.low ?? "") ? -1 : undefined
  return words.slice(at, end)
}

const isSmallEnd = (word: string) =>
  ["and", "or", "the", "a", "is", "was", "please", "pls", "etc"].includes(word)

/** "date it was brought in" is the date brought in; "which ewe" is the ewe. */
function plainName(name: Token[]): Token[] {
  const [first, ...rest] = name
  if (first?.low === "which" && rest.length === 1) return rest
  if (first && asks.has(first.low)) return name
  const kept = name.filter(({ low }) => !filler.has(low))
  return kept.some(isContent) ? kept : name
}

const asks = setOf("what who when where how which why")
const filler = setOf(`${smallWords.pronouns} ${smallWords.auxiliaries} there`)

/** Whether a word is one that names a thing or a field, and not a small one. */
export const isContent = ({ kind, low }: Token): boolean =>
  kind === "word" && !isSmall(low) && singular(low) !== ""
