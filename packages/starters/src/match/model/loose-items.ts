/** What marks and joining words of a prompt divide, each with where it stands, and what of it can be chosen. */
import { isOf } from "../clauses.ts"
import { type Prompt, type Token, wordsIn } from "../text.ts"
import { labelOf, nameLabel, type ReadField } from "./read-field.ts"
import { is, isFieldWord } from "./words.ts"

export interface Item {
  tokens: Token[]
  /** what stands before it: a mark, "and", "or", "with", "asks" for another question, or "" */
  after: string
  /** which sentence, or what is in which brackets: items beside one another have the same */
  group: string
  fields: ReadField[]
}

const marks = new Set([...",;:()[]/+•*|–—\n.!?"])
const stops = new Set([...".!?\n"])
const optionWordsMax = 3
/** What goes on with a list. */
const goesOn = new Set([",", "/", "and", "or", "asks"])

export function itemsIn({ tokens, language }: Pick<Prompt, "tokens" | "language">): Item[] {
  const items: Item[] = []
  let [sentence, bracket, isInside] = [0, 0, false]
  const open = (after: string) =>
    items.push({ tokens: [], after, group: `${sentence} ${isInside ? bracket : ""}`, fields: [] })
  open("")
  for (const each of tokens) {
    if (stops.has(each.text)) sentence++
    if (each.text === "(") bracket++
    if (each.text === "(" || each.text === ")") isInside = each.text === "("
    if (marks.has(each.text)) open(each.text)
    else if (isOf("and", each, language)) open(is("or", each) ? "or" : "and")
    else if (is("with", each)) open("with")
    else if (is("each", each)) {
      // "litres each time I fill up" says when, and goes on with no list.
      open("each")
      items.at(-1)?.tokens.push(each)
    } else {
      const lead = leadBefore(each, items.at(-1)?.tokens ?? [], language)
      if (lead) open("asks")
      items.at(-1)?.tokens.push(...(lead ?? []), each)
    }
  }
  return items.filter((item) => wordsIn(item.tokens).length > 0)
}

/**
 * Takes the words off an item that lead in another question of it, "which plant I watered when", or one that
 * somebody answers: "we write down in which room".
 */
function leadBefore(
  each: Token,
  before: Token[],
  language: Prompt["language"],
): Token[] | undefined {
  const first = before.find((word) => !is("into", word) && !is("from", word))
  // "was" asks in German only.
  const isIn = (word: Token | undefined) =>
    is("asking", word) && (language === "de" || !is("was", word))
  const isGiven = before.some((word, at) => at > 0 && is("gives", word))
  if (!isIn(each) || !(isIn(first) || isGiven)) return undefined
  const start = before.findLastIndex((word) => !is("into", word) && !is("from", word)) + 1
  return start === 0 ? undefined : before.splice(start)
}

/** Whether an item is said right after another, as of one list. */
export const isNext = (item: Item | undefined, before: Item | undefined): boolean =>
  item !== undefined && goesOn.has(item.after) && item.group === before?.group

/** The item and those that go on with it. */
function listFrom(items: readonly Item[], at: number): Item[] {
  const end = items.findIndex((each, place) => place > at && !isNext(each, items[place - 1]))
  return items.slice(at, end < 0 ? undefined : end)
}

/** Gives a field to what can be chosen, in brackets or behind a colon: "marché (Annecy, Rumilly)". */
export function readChoices(items: Item[], prompt: Prompt): Item[] {
  for (const at of items.keys()) if (!readOptions(items, at, prompt)) readStates(items, at, prompt)
  return items.filter(isLeft)
}

/** Whether there are some. */
function readOptions(items: Item[], at: number, prompt: Prompt): boolean {
  if (items[at]?.after !== "(" && items[at]?.after !== ":") return false
  const options = listFrom(items, at)
  const lead = items[at - 1]
  const label = lead && labelFor(lead, options, prompt)
  const choices = options.map(({ tokens }) => labelOf(tokens, prompt))
  const isPlain = options.length > 1 && options.every((each) => isOption(each, prompt))
  const [first] = options
  if (!first || !label || !isPlain || new Set(choices).size < choices.length) return false
  joinAsChoice(options, label, choices)
  return true
}

/** The first of some items becomes one field of what can be chosen, and the others are part of it. */
function joinAsChoice(items: readonly Item[], label: string, choices: string[]): void {
  const [first, ...more] = items
  const tokens = items.flatMap((each) => each.tokens)
  if (first) first.fields = [{ tokens, label, shape: { type: "choice", choices }, sure: true }]
  for (const each of more) each.tokens = []
}

/**
 * The same of what may be one of some states or sizes that end with "or": "size S, M or L", "I set it to open or
 * done". Without a word for it they are states.
 */
function readStates(items: Item[], at: number, prompt: Prompt): void {
  const item = items[at]
  const all = listFrom(items, at)
  const list = all.slice(0, all.findIndex(({ after }) => after === "or") + 1)
  const isEither = list.length > 1 && list.slice(1, -1).every(({ after }) => after === ",")
  if (!item || !isEither) return
  const own = wordsIn(item.tokens)
  const kind = own.findIndex((each) => is("kinds", each))
  const isSettled = own.some((each) => is("settles", each)) || prompt.tokens.some(isBoard)
  const into = own.findLastIndex((each, place) => place > 0 && (is("into", each) || is("as", each)))
  const start = kind >= 0 ? kind : isSettled ? into : -1
  const lead = own[start]
  const first = own.slice(start + 1)
  if (!lead || first.length === 0) return
  const isShort = first.every(({ text }) => text.length <= shortMax)
  const options = [
    ...(isShort ? first.map((each) => [each]) : [first]),
    ...list.slice(1).map(({ tokens }) => wordsIn(tokens)),
  ]
  const choices = options.map((each) => labelOf(each, prompt))
  const isPlain = options.every(
    (each) => each.length <= optionWordsMax && !each.some((word) => is("beyond", word)),
  )
  if (!isPlain || new Set(choices).size < choices.length) return
  const label = kind >= 0 ? labelOf([lead], prompt) : stateLabel[prompt.language]
  joinAsChoice(list, label, choices)
}

const isBoard = (each: Token) => is("boards", each)
const stateLabel = { en: "Status", de: "Status", fr: "Statut", es: "Estado" }
/** "S M" are two sizes, and "in progress" is one state. */
const shortMax = 1

const isLeft = ({ tokens }: Item) => tokens.length > 0

/** Gives a field to some kinds that end with "or", said right after a field: "what they bring, salad, cake or drinks". */
export function readKinds(items: Item[], prompt: Prompt): Item[] {
  for (const [at, item] of items.entries()) {
    const list = listFrom(items, at)
    const kinds = list.slice(0, list.findIndex((each) => each.after === "or") + 1)
    const before = items[at - 1]
    const isAfterField = isNext(item, before) && before?.fields.some((each) => each.sure)
    const isOpen = kinds.every(
      (each) => each.fields.length === 0 && each.tokens.length > 0 && isOption(each, prompt),
    )
    // "meter, seller or buyer" goes on with fields: the kinds are what stands right before "or".
    const isSplit = kinds.length > 2 && wordsIn(kinds.at(-2)?.tokens ?? []).length > 1
    if (kinds.length < 2 || !isAfterField || !isOpen || isSplit) continue
    const options = kinds.flatMap((each) => optionsOf(each, prompt))
    const choices = options.map((each) => labelOf(each, prompt))
    joinAsChoice(kinds, kindLabel[prompt.language], choices)
  }
  return items.filter(isLeft)
}

/** German things are one word each: "Salat Kuchen oder Getränke" are three. */
const optionsOf = ({ tokens }: Item, { language }: Prompt): Token[][] =>
  language === "de" ? wordsIn(tokens).map((each) => [each]) : [tokens]

const kindLabel = { en: "Kind", de: "Art", fr: "Type", es: "Tipo" }

/** A name of few words that no field has, and that is no wish. */
function isOption({ tokens }: Item, { language }: Prompt): boolean {
  const words = wordsIn(tokens)
  const isWish = (each: Token) => is("beyond", each) || /\d/.test(each.text) || isFieldWord(each)
  if (words.length > optionWordsMax || words.some((each) => isOf("negates", each, language)))
    return false
  return !words.some(isWish) && (words.length === 1 || !words.some((each) => each.small))
}

/** The word before the options; people are called by their name. */
function labelFor({ tokens }: Item, options: readonly Item[], prompt: Prompt): string | undefined {
  const words = wordsIn(tokens)
  const isPeople = words.slice(-5).some((each) => is("names", each))
  const isNamed = options.every((each) => /^\p{Lu}/u.test(each.tokens[0]?.text ?? ""))
  if (isPeople && isNamed) return nameLabel[prompt.language]
  const last = words.at(-1)
  return last && !last.small && !/\d/.test(last.text) ? labelOf([last], prompt) : undefined
}
