/** A list of a thing's fields that a prompt spells out, "books with title, author and pages", as a data model. */
import { type DataModel, dataModel, type Field } from "@vibecaas/contract/data-model"
import { problemsOf, reservedNames } from "@vibecaas/contract/data-model-rules"
import { isOf, passageOf } from "./clauses.ts"
import typeWords from "./field-types.json" with { type: "json" }
import { fold, isMark, type Passage, type Prompt, type Token, wordsIn } from "./text.ts"

interface ReadList {
  /** the thing's words */
  thing: Token[]
  fields: Token[][]
  at: Passage
}

const itemWordsMax = 5
const ends = new Set([...".!?;()\n:"])

/** The first list: a thing, "with" or a colon, and two fields or more of which one is known as a field. */
export function listIn({ tokens, language }: Prompt): ReadList | undefined {
  for (const [place, each] of tokens.entries()) {
    if (each.text !== ":" && !isWith(each)) continue
    const thing = thingBefore(tokens.slice(0, place))
    const fields = itemsAfter({ tokens: tokens.slice(place + 1), language })
    // "a diary: plants with name, place" is a list of plants.
    if (each.text === ":" && fields[0]?.some(isWith)) continue
    const at = passageOf([...thing, ...fields.flat()])
    const known = fields.some((tokens) => typeIn(tokens) !== undefined)
    if (thing.length > 0 && fields.length >= 2 && known && at) return { thing, fields, at }
  }
  return undefined
}

const withs = new Set(["with", "mit", "avec", "con"])
const isWith = ({ low }: Token) => withs.has(low)

/** The last word that carries a wish, with nothing but small words behind it. */
function thingBefore(before: readonly Token[]): Token[] {
  const at = before.findLastIndex((each) => isMark(each) || !each.small)
  const last = before[at]
  return last && !isMark(last) ? [last] : []
}

function itemsAfter({ tokens, language }: Pick<Prompt, "tokens" | "language">): Token[][] {
  const items: Token[][] = [[]]
  for (const each of tokens) {
    if (ends.has(each.text)) break
    if (each.text === "," || isOf("and", each, language)) items.push([])
    else items.at(-1)?.push(each)
  }
  const said = items.map((item) => withoutArticle(wordsIn(item))).filter(({ length }) => length > 0)
  const end = said.findIndex(
    (item) => item.length > itemWordsMax || item.every(({ small }) => small),
  )
  return said.slice(0, end < 0 ? undefined : end)
}

const articles = new Set([..."a an the ein eine einen un une le la les el los las una".split(" ")])
const withoutArticle = (item: Token[]) =>
  item.length > 1 && articles.has(item[0]?.low ?? "") ? item.slice(1) : item

/** The model of one list, as the record keeper reads it; nothing when that would be a wrong one. */
export function modelOf({ thing, fields }: ReadList, { text }: Prompt): DataModel | undefined {
  const said = (tokens: readonly Token[]) => {
    const at = passageOf(tokens)
    const words = at ? text.slice(at.from, at.to).replaceAll(/\s+/g, " ") : ""
    return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 60)
  }
  const labelPlural = said(thing)
  const label = /[^s]s$/.test(labelPlural) ? labelPlural.slice(0, -1) : labelPlural
  const name = nameOf(label, reservedNames)
  const plural = nameOf(labelPlural, new Set([...reservedNames, name]))
  const names = new Set(reservedNames)
  const model = {
    ...{ version: 1, name: labelPlural, unsupported: [] },
    entities: [
      {
        ...{ name, plural, label, labelPlural, filters: [] },
        fields: fields.map((tokens, at) => fieldOf(tokens, { said, names, first: at === 0 })),
      },
    ],
  }
  const read = dataModel.safeParse(model).data
  return read && problemsOf(read).length === 0 ? read : undefined
}

function fieldOf(
  tokens: readonly Token[],
  of: { said: (tokens: readonly Token[]) => string; names: Set<string>; first: boolean },
): Field {
  const label = of.said(withoutType(tokens))
  const name = nameOf(label, of.names)
  of.names.add(name)
  const type = typeIn(tokens) ?? "text"
  const bounds = type === "rating" ? { min: 1, max: 5 } : {}
  return { name, label, type, required: of.first, ...bounds }
}

/** "a finished flag" is called "Finished". */
const withoutType = (tokens: readonly Token[]) =>
  tokens.length > 1 && tokens.at(-1)?.low === "flag" ? tokens.slice(0, -1) : tokens

const types = Object.entries(typeWords).map(
  ([type, words]) => [type as Field["type"], new Set(fold(words).split(" "))] as const,
)

/** The type that one of its words says; the last word says most. */
const typeIn = (tokens: readonly Token[]): Field["type"] | undefined =>
  tokens.toReversed().flatMap(({ low }) => types.find(([, words]) => words.has(low))?.[0] ?? [])[0]

/** An identifier for a label that is not taken. */
function nameOf(label: string, taken: ReadonlySet<string>): string {
  const plain = fold(label)
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[^a-z]+|_+$/g, "")
  const name = plain.slice(0, 36) || "its"
  for (let at = 1; ; at++) {
    const free = at === 1 ? name : `${name}_${at}`
    if (!taken.has(free)) return free
  }
}
