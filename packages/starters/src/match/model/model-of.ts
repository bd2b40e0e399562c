/** A data model of the lists that a prompt spells out, and what of it each passage stands for. */
import { type DataModel, dataModel, type Entity, type Field } from "@vibecaas/contract/data-model"
import { unused } from "@vibecaas/contract/data-model-change"
import { columnOf, tableOf } from "@vibecaas/contract/data-model-parts"
import { problemsOf, reservedNames } from "@vibecaas/contract/data-model-rules"
import { fold, type Passage, type Prompt, type Token } from "../text.ts"
import { labelOf, type ReadField } from "./read-field.ts"
import type { ReadList } from "./read-lists.ts"
import { is } from "./words.ts"

/** What a passage says of a model: it holds as long as the list has these columns, and not those. */
export interface ModelPart {
  at: Passage
  table: string
  has: string[]
  hasNot: string[]
}

export interface ReadModel {
  model: DataModel
  parts: ModelPart[]
  /** labels of fields whose type no word says: they are kept as texts */
  unsure: string[]
}

/** Whether a model still has what a passage asked for; names and types may be others. */
export function holdsIn({ table, has, hasNot }: ModelPart, { entities }: DataModel): boolean {
  const columns = entities.find((each) => tableOf(each) === table)?.fields.map(columnOf)
  if (!columns) return has.length === 0 && hasNot.length === 0
  return (
    has.every((each) => columns.includes(each)) && !hasNot.some((each) => columns.includes(each))
  )
}

/** Nothing when the lists are none, or would be a wrong model. */
export function modelOf(lists: readonly ReadList[], prompt: Prompt): ReadModel | undefined {
  const [first] = lists
  if (!first) return undefined
  const title = first.title.length > 0 ? first.title : first.thing
  const entities: Entity[] = []
  for (const list of lists) entities.push(entityOf(list, prompt, entities))
  const model = valid({
    version: 1,
    name: labelOf(withoutArticle(title), prompt) || entriesLabel[prompt.language],
    entities,
    unsupported: [],
  })
  if (!model) return undefined
  const parts = lists.flatMap(({ at }, index) => {
    const entity = model.entities[index]
    return entity ? at.map((place) => partOf(place, entity)) : []
  })
  const unsure = lists.flatMap(({ fields }, at) => unsureIn(fields, model.entities[at]))
  return { model, parts, unsure }
}

/** Labels of the fields that are texts because nothing says what they are. */
export const unsureIn = (read: readonly ReadField[], entity: Entity | undefined): string[] =>
  (entity?.fields ?? []).flatMap(({ label, type }) =>
    type === "text" && read.some((each) => !each.sure && each.label === label) ? [label] : [],
  )

const partOf = (at: Passage, entity: Entity): ModelPart => ({
  ...{ at, table: tableOf(entity), has: entity.fields.map(columnOf), hasNot: [] },
})

/** The model, if it is right as a whole. */
export function valid(model: DataModel): DataModel | undefined {
  const read = dataModel.safeParse(model).data
  return read && problemsOf(read).length === 0 ? read : undefined
}

/** @param others lists that the model has already: a field called as one of their things points at it */
export function entityOf(
  { thing, fields }: Pick<ReadList, "thing" | "fields">,
  prompt: Prompt,
  others: readonly Entity[],
): Entity {
  const labelPlural = labelOf(thing, prompt) || entriesLabel[prompt.language]
  const label = singularOf(labelPlural, prompt)
  const name = nameOf(label, new Set([...reservedNames, ...others.map((each) => each.name)]))
  const tables = others.flatMap((each) => [each.plural, tableOf(each)])
  const plural = nameOf(labelPlural, new Set([...reservedNames, ...tables]))
  const entity: Entity = { name, plural, label, labelPlural, filters: [], fields: [] }
  const [about] = thing.length > 1 ? thing : []
  for (const field of fields)
    addField(
      entity,
      about && isUnnamed(field) ? { ...field, label: labelOf([about], prompt) } : field,
      others,
    )
  entity.filters = entity.fields.flatMap(({ name, type }) =>
    isFiltered(type) ? [{ field: name }] : [],
  )
  return entity
}

/** "Mood diary: a number 1-10" is a number of mood. */
const isUnnamed = ({ label, shape }: ReadField) =>
  shape.max !== undefined && is("named", { low: fold(label) })

const isFiltered = (type: Field["type"]) => type === "flag" || type === "choice"

/** Adds a field to a list that may be changed; answers it. */
export function addField(
  entity: Entity,
  { label, shape }: ReadField,
  others: readonly Entity[],
): Field {
  const taken = entity.fields.flatMap((each) => [each.name, columnOf(each)])
  const retired = (entity.retired ?? []).map(({ column }) => column)
  const name = nameOf(label, new Set([...reservedNames, ...taken, ...retired]))
  const target = others.find((each) => fold(each.label) === fold(label))
  const isFirst = entity.fields.length === 0
  const field: Field = target
    ? { name, label, type: "reference", required: false, to: target.plural }
    : { name, label, required: isFirst && shape.type !== "flag", ...shape }
  entity.fields.push(field)
  return field
}

/** "Books" is of books; what does not end so is called the same. In some languages each word ends so. */
function singularOf(plural: string, { language }: Pick<Prompt, "language">): string {
  if (language === "de") return plural
  if (language === "fr" || language === "es") return plural.split(" ").map(oneOf).join(" ")
  return oneOf(plural)
}

const oneOf = (plural: string) => {
  if (/[^aeiou]ies$/.test(plural)) return `${plural.slice(0, -3)}y`
  return /[^s]s$/.test(plural) ? plural.slice(0, -1) : plural
}

const entriesLabel = { en: "Entries", de: "Einträge", fr: "Entrées", es: "Entradas" }

const withoutArticle = (tokens: readonly Token[]) => {
  const first = tokens.findIndex((each) => !each.small)
  return tokens.slice(Math.max(0, first))
}

/** An identifier for a label that is not taken. */
export function nameOf(label: string, taken: ReadonlySet<string>): string {
  const plain = fold(label)
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[^a-z]+|_+$/g, "")
  return unused(plain.slice(0, 36).replace(/_+$/, "") || "its", taken)
}
