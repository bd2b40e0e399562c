/**
 * Edits of an app's spec. Data is never lost: a renamed field keeps its column, a removed one leaves
 * its column where it is, and no column is ever given to a second field.
 */
import type { AppSpec, Entity, Field } from "../blueprints/index.ts"
import { labelFor, unusedIdentifier } from "../blueprints/names.ts"
import type { FieldDraft } from "../reader/fields.ts"
import { entityNames, fieldFrom } from "../reader/spec.ts"
import type { Found } from "./find.ts"

const filtered = ["flag", "choice", "reference"]

/** Puts a field into an entity with a column of its own, or back into the one it had before. */
export function addField(spec: AppSpec, entity: Entity, draft: FieldDraft): Field {
  const used = new Set(entity.fields.map(({ name }) => name))
  const field = fieldFrom(draft, { entity, entities: spec.entities }, used)
  const old = entity.retired?.find(
    (each) => each.field.name === field.name && each.field.type === field.type,
  )
  if (old) entity.retired = entity.retired?.filter((each) => each !== old) ?? []
  const column = old?.column ?? freeColumn(entity, field.name)
  if (column !== field.name) field.column = column
  entity.fields.push(field)
  if (filtered.includes(field.type)) entity.filters.push({ field: field.name })
  return field
}

/** A column name that no field has or had. */
function freeColumn({ fields, retired = [] }: Entity, name: string): string {
  const now = fields.map((field) => field.column ?? field.name)
  return unusedIdentifier(
    name.slice(0, 36),
    new Set([...now, ...retired.map(({ column }) => column)]),
  )
}

export function removeField(entity: Entity, field: Field): void {
  entity.fields = entity.fields.filter((each) => each !== field)
  entity.filters = entity.filters.filter((filter) => filter.field !== field.name)
  if (entity.sort?.field === field.name) delete entity.sort
  entity.retired = [...(entity.retired ?? []), { column: field.column ?? field.name, field }]
  pointTo(entity, field.name, undefined)
}

export function removeEntity(spec: AppSpec, entity: Entity): void {
  spec.entities = spec.entities.filter((each) => each !== entity)
  spec.retiredTables = [...(spec.retiredTables ?? []), entity.table ?? entity.plural]
  for (const each of spec.entities)
    for (const field of each.fields.filter(({ to }) => to === entity.plural))
      if (each.fields.length > 1) removeField(each, field)
}

export function renameField({ entity, field }: Found, said: string): void {
  const used = new Set(entity.fields.filter((each) => each !== field).map(({ name }) => name))
  const column = field.column ?? field.name
  const before = field.name
  field.label = labelFor(said)
  field.name = unusedIdentifier(field.label, used)
  if (column === field.name) delete field.column
  else field.column = column
  for (const filter of entity.filters) if (filter.field === before) filter.field = field.name
  if (entity.sort?.field === before) entity.sort.field = field.name
  pointTo(entity, before, field.name)
}

/** A suggestion follows a field to its new name, or does without it. */
function pointTo({ suggestion }: Entity, before: string, after: string | undefined): void {
  if (!suggestion) return
  for (const part of ["open", "rating"] as const) {
    if (suggestion[part] !== before) continue
    if (after === undefined) delete suggestion[part]
    else suggestion[part] = after
  }
  suggestion.like = (suggestion.like ?? []).flatMap((name) =>
    name === before ? (after ?? []) : name,
  )
}

export function renameEntity(spec: AppSpec, entity: Entity, said: string): void {
  const others = spec.entities.filter((each) => each !== entity).map(({ plural }) => plural)
  const [before, table] = [entity.plural, entity.table ?? entity.plural]
  Object.assign(entity, entityNames(said, new Set([...others, ...(spec.retiredTables ?? [])])))
  if (table === entity.plural) delete entity.table
  else entity.table = table
  for (const { fields } of spec.entities)
    for (const field of fields) if (field.to === before) field.to = entity.plural
}

/** The values that make sense in the new type are taken over; the old column stays. */
export function retype(
  { entity, field }: Found,
  draft: Pick<Field, "type" | "choices" | "min" | "max">,
): Field {
  const { type, choices, min, max } = draft
  const { name, label, required } = field
  const old = field.column ?? name
  const next: Field = {
    ...{ name, label, required, type },
    ...(choices ? { choices } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...{ column: freeColumn(entity, `${name}_${type}`), copyFrom: old },
  }
  entity.retired = [...(entity.retired ?? []), { column: old, field }]
  entity.fields = entity.fields.map((each) => (each === field ? next : each))
  return next
}
