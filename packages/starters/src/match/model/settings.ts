/**
 * What a prompt says of a list as a whole, beside its fields: in which order it is, whose it is alone, what is
 * ticked off in it, and that it is written day by day.
 */
import type { Entity } from "@vibecaas/contract/data-model"
import { columnOf, tableOf } from "@vibecaas/contract/data-model-parts"
import { isOf, partsOf, passageOf } from "../clauses.ts"
import {
  alike,
  carrying,
  isMark,
  type Passage,
  type Prompt,
  stemsOf,
  type Token,
  within,
} from "../text.ts"
import { addField, type ReadModel, valid } from "./model-of.ts"
import { plainField } from "./read-field.ts"
import { is, type ModelWords } from "./words.ts"

/** The same model with what the prompt says of its first list. */
export function withSettings(read: ReadModel, prompt: Prompt): ReadModel {
  const model = structuredClone(read.model)
  const [list] = model.entities
  if (!list) return read
  const isFree = (part: readonly Token[]) =>
    !part.some((each) => read.parts.some(({ at }) => within(each, at)))
  const parts = partsOf(prompt.tokens, prompt.language).filter(isFree)
  if (isDaily(prompt)) dateOf(list, prompt).default ??= "today"
  if (prompt.tokens.some((each) => is("boards", each))) addBoard(list)
  const found = parts.flatMap((part) => {
    const does = settings.find((each) => each(list, part, prompt))
    const at = does && passageOf(part)
    return at ? [at] : []
  })
  const checked = valid(model)
  if (!checked) return read
  return { ...read, model: checked, parts: [...read.parts, ...found.map((at) => partOf(at, list))] }
}

const partOf = (at: Passage, list: Entity) => ({
  ...{ at, table: tableOf(list), has: list.fields.map(columnOf), hasNot: [] },
})

/** Columns that are spoken of are the first to be seen, where one choice alone can make them. */
function addBoard(list: Entity): void {
  const [by, ...more] = list.fields.filter(({ type }) => type === "choice")
  if (!by || more.length > 0 || list.views) return
  list.views = [
    { name: "board", label: "Board", kind: "board", by: by.name },
    { name: "table", label: "Table", kind: "table" },
  ]
}

type Setting = (list: Entity, part: readonly Token[], prompt: Prompt) => boolean

const settings: readonly Setting[] = [ordered, owned, open, signedIn, ticked]

const says = (list: ModelWords, part: readonly Token[]) => part.some((each) => is(list, each))

/** "newest first", "most pages on top", "alphabetical", "sorted by name". */
function ordered(list: Entity, part: readonly Token[], prompt: Prompt): boolean {
  if (says("alphabet", part)) return sortBy(list, list.fields.find(isText), "asc")
  if (says("sorted", part)) {
    const named = namedIn(list.fields, part, prompt)
    if (named) return sortBy(list, named, says("latest", part) ? "desc" : "asc")
  }
  if (!says("first", part)) return false
  if (says("latest", part)) {
    const field = list.fields.find(isDate)
    // Without a date the newest records are first anyhow.
    return field === undefined || sortBy(list, field, "desc")
  }
  if (says("earliest", part)) return sortBy(list, dateOf(list, prompt), "asc")
  const direction = says("most", part) ? "desc" : says("least", part) ? "asc" : undefined
  return direction !== undefined && sortBy(list, countedIn(list, part, prompt), direction)
}

function sortBy(list: Entity, field: Field | undefined, direction: "asc" | "desc"): boolean {
  if (!field) return false
  list.sort = { field: field.name, direction }
  return true
}

type Field = Entity["fields"][number]
const isText = ({ type }: Field) => type === "text"
const isDate = ({ type }: Field) => type === "date" || type === "datetime"
const numbers = new Set<Field["type"]>(["whole_number", "decimal", "money", "rating"])

/** The number that some words name, or the only one. */
function countedIn({ fields }: Entity, part: readonly Token[], prompt: Prompt): Field | undefined {
  const counted = fields.filter(({ type }) => numbers.has(type))
  return namedIn(counted, part, prompt) ?? (counted.length === 1 ? counted[0] : undefined)
}

const namedIn = (fields: readonly Field[], part: readonly Token[], { language }: Prompt) =>
  fields.find(({ label }) =>
    carrying(part).some((each) =>
      label.split(" ").some((word) => alike(each.low, word.toLowerCase(), language)),
    ),
  )

/** The day of each record, which is today where nothing else is said. */
function dateOf(list: Entity, prompt: Prompt): Field {
  const known = list.fields.find(isDate)
  if (known) return known
  const field = addField(list, plainField(dateLabel[prompt.language], "date"), [])
  field.default = "today"
  return field
}

export const dateLabel = { en: "Date", de: "Datum", fr: "Date", es: "Fecha" }

/** "every evening", "a diary". */
export function isDaily({ tokens, language }: Prompt): boolean {
  const isTime = (each: Token | undefined) =>
    each !== undefined && (isOf("times", each, language) || is("dayTimes", each))
  return tokens.some(
    (each, at) =>
      is("daily", each) ||
      (is("each", each) && isTime(tokens[at + 1])) ||
      (language === "de" && each.low.endsWith("tagebuch")),
  )
}

/** "only I can see it". */
function owned(list: Entity, part: readonly Token[], { language }: Prompt): boolean {
  const isOnly = part.some((each) => isOf("only", each, language)) && says("self", part)
  if (!isOnly || list.access) return false
  const isWrite = part.some((each) => is("changes", each))
  list.access = { read: isWrite ? "everybody" : "owner", write: "owner" }
  return true
}

/** "no login": whoever has the address reads and writes. */
function open(list: Entity, part: readonly Token[], { language }: Prompt): boolean {
  const isOpen = part.some((each) => isOf("negates", each, language)) && says("login", part)
  const rest = carrying(part).filter((each) => !is("login", each))
  return isOpen && !list.access && rest.every((each) => isOf("negates", each, language))
}

/** "my students log in": people with an account read and write. */
function signedIn(list: Entity, part: readonly Token[], { language }: Prompt): boolean {
  const isLogin = (each: Token, at: number) =>
    is("login", each) || (is("enters", each) && part[at + 1]?.low === "in")
  const isAll = part.some(isLogin) && says("others", part)
  if (!isAll || list.access || part.some((each) => isOf("negates", each, language))) return false
  list.access = { read: "signed_in", write: "signed_in" }
  return part.every(
    (each, at) => each.small || isMark(each) || isLogin(each, at) || is("others", each),
  )
}

/** "cross them off", "abhaken"; with what else is said it is a mark, and the words are not built. */
function ticked(list: Entity, part: readonly Token[], prompt: Prompt): boolean {
  const { language } = prompt
  const at = part.findIndex((each) => is("strikes", each) || is("strikesOff", each))
  const isOff = part.slice(at + 1).some((each) => is("off", each))
  if (at < 0 || !(isOff || is("strikesOff", part[at]))) return false
  if (part.some((each) => isOf("negates", each, language))) return false
  if (!list.fields.some(({ type }) => type === "flag")) {
    const field = addField(list, plainField(doneLabel[language], "flag"), [])
    field.closes = true
    list.filters.push({ field: field.name })
  }
  const known = stemsOf(`${list.label} ${list.labelPlural}`, language)
  const isSaid = (each: Token) => says("strikes", [each]) || says("strikesOff", [each])
  return carrying(part).every(
    (each) =>
      isSaid(each) || is("off", each) || known.some((word) => alike(each.stem, word, language)),
  )
}

const doneLabel = { en: "Done", de: "Erledigt", fr: "Fait", es: "Hecho" }
