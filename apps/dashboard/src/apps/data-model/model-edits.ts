/** Edits of a data model, each on a copy that may be changed. */
import type { DataModel, Entity, Field, FieldType, View } from "@vibecaas/contract/data-model"
import { unused } from "@vibecaas/contract/data-model-change"
import { columnOf, tableOf } from "@vibecaas/contract/data-model-parts"
import { reservedNames } from "@vibecaas/contract/data-model-rules"

/** An identifier for what somebody typed: "Due date" becomes "due_date". */
export function identifierFor(label: string, used: Iterable<string>): string {
  const plain = label
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[_\d]+|_+$/g, "")
    .slice(0, 36)
  return unused(plain.replace(/_+$/, "") || "field", new Set([...used, ...reservedNames]))
}

export function addField(
  model: DataModel,
  entity: Entity,
  given: { label: string; type: FieldType },
): Field {
  const label = given.label.trim()
  const name = identifierFor(
    label,
    entity.fields.map((field) => field.name),
  )
  const field = withParts(model, { name, label, type: given.type, required: false })
  entity.fields.push(field)
  return field
}

/** What a field of a type cannot be without. */
function withParts(model: DataModel, field: Field): Field {
  const { type } = field
  if (type === "choice") return { ...field, choices: ["First", "Second"] }
  if (type === "reference" || type === "references")
    return { ...field, to: model.entities[0]?.plural ?? "" }
  return field
}

/** Another type; what the new one does not know is left behind. */
export function retype(model: DataModel, field: Field, type: FieldType): void {
  const { name, label, required, column, choices, to, unit } = field
  const isRelation = type === "reference" || type === "references"
  const next = withParts(model, {
    ...{ name, label, type, required: type === "computed" ? false : required },
    ...(column === undefined ? {} : { column }),
    ...(unit === undefined ? {} : { unit }),
  })
  for (const key of Object.keys(field) as (keyof Field)[]) delete field[key]
  Object.assign(field, next)
  if (type === "choice" && choices) field.choices = choices
  if (isRelation && to !== undefined) field.to = to
}

/** Takes a field away, and all that names it. */
export function removeField(model: DataModel, entity: Entity, name: string): void {
  entity.fields = entity.fields.filter((field) => field.name !== name)
  entity.filters = entity.filters.filter(({ field }) => field !== name)
  if (entity.sort?.field === name) delete entity.sort
  if (entity.views) entity.views = entity.views.flatMap((view) => viewWithout(view, name))
  if (entity.suggestion) suggestWithout(entity.suggestion, name)
  for (const other of model.entities)
    for (const field of computedFrom(other, { entity, name })) removeField(model, other, field)
}

function viewWithout(view: View, name: string): View[] {
  if (view.by === name) return []
  const { counts, sort, filter, ...rest } = view
  const left = filter?.filter(({ field }) => field !== name) ?? []
  return [
    {
      ...rest,
      ...(counts && counts !== name ? { counts } : {}),
      ...(sort && sort.field !== name ? { sort } : {}),
      ...(left.length > 0 ? { filter: left } : {}),
    },
  ]
}

function suggestWithout(suggestion: NonNullable<Entity["suggestion"]>, name: string): void {
  if (suggestion.open === name) delete suggestion.open
  if (suggestion.rating === name) delete suggestion.rating
  suggestion.like = (suggestion.like ?? []).filter((each) => each !== name)
}

/** Names of the computed fields of a list that cannot be without another field. */
function computedFrom(other: Entity, { entity, name }: { entity: Entity; name: string }): string[] {
  return other.fields.flatMap(({ name: own, formula }) => {
    if (!formula) return []
    const isOfIt = "of" in formula ? formula.of === entity.plural : other === entity
    const names = [
      ...("by" in formula ? [formula.by] : []),
      ...("field" in formula ? [formula.field] : []),
      ...("fields" in formula ? formula.fields : []),
    ]
    return isOfIt && names.includes(name) ? [own] : []
  })
}

/** Puts a removed field back with the values it had. */
export function bringBack(entity: Entity, column: string): void {
  const old = entity.retired?.find((each) => each.column === column)
  if (!old) return
  const name = unused(old.field.name, new Set(entity.fields.map((field) => field.name)))
  entity.fields.push({ ...old.field, name, column })
}

/** Fields that were removed before and can be brought back. */
export function removedFields(entity: Entity): { column: string; field: Field }[] {
  const now = new Set(entity.fields.map(columnOf))
  return (entity.retired ?? []).filter(({ column }) => !now.has(column))
}

/** Moves what is at a place one up or down; at the end it stays. */
export function move<Item>(items: Item[], at: number, by: -1 | 1): void {
  const to = at + by
  const [item] = to < 0 || to >= items.length ? [] : items.splice(at, 1)
  if (item !== undefined) items.splice(to, 0, item)
}

export function addEntity(model: DataModel, given: { label: string; labelPlural: string }): Entity {
  const label = given.label.trim()
  const labelPlural = given.labelPlural.trim()
  const used = [...model.entities.map(({ plural }) => plural), ...model.entities.map(tableOf)]
  const plural = identifierFor(labelPlural, [...used, ...(model.retiredTables ?? [])])
  const name = identifierFor(
    label,
    model.entities.map((entity) => entity.name),
  )
  const fields: Field[] = [{ name: "name", label: "Name", type: "text", required: true }]
  const entity: Entity = { name, plural, label, labelPlural, filters: [], fields }
  model.entities.push(entity)
  return entity
}

/** Takes a list away, and the relations and computed fields that need it. */
export function removeEntity(model: DataModel, plural: string): void {
  model.entities = model.entities.filter((entity) => entity.plural !== plural)
  for (const entity of model.entities)
    for (const field of [...entity.fields])
      if (
        field.to === plural ||
        (field.formula && "of" in field.formula && field.formula.of === plural)
      )
        removeField(model, entity, field.name)
}

/**
 * Calls a choice otherwise. Records that have it take the new word along, when it was saved before.
 * @param saved the choices that records can have
 */
export function renameChoice(
  field: Field,
  { at, to }: { at: number; to: string },
  saved: readonly string[],
): void {
  const from = field.choices?.[at]
  if (!field.choices || from === undefined) return
  field.choices[at] = to
  if (field.default === from) field.default = to
  const renamed = (field.renamedChoices ?? []).map((each) =>
    each.to === from ? { ...each, to } : each,
  )
  const all = saved.includes(from) ? [...renamed, { from, to }] : renamed
  const left = all.filter((each) => each.from !== each.to)
  if (left.length > 0) field.renamedChoices = left
  else delete field.renamedChoices
}
