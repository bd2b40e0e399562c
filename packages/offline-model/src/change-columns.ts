/** Where the values of a field are kept: no column is ever given to a second field. */
import type { AppSpec, Entity, Field } from "./blueprints/index.ts"
import { findEntity } from "./change-find.ts"
import { fitField } from "./fit-spec.ts"
import type { FieldDraft } from "./read-field.ts"

/** Puts a field into an entity with a column of its own, or back into the one it had before. */
export function placeField(spec: AppSpec, entity: Entity, draft: FieldDraft): Field {
  const used = new Set(entity.fields.map((field) => field.name))
  // a treatment is long text, unless there is a list of treatments
  const target = findEntity(draft.words, spec)
  const type = target && target !== entity ? "text" : draft.type
  const field = fitField(
    { ...draft, type, required: false },
    { entity, entities: spec.entities, used },
  )
  const old = entity.retired?.find(
    (each) => each.field.name === field.name && each.field.type === field.type,
  )
  if (old) {
    entity.retired = entity.retired?.filter((each) => each !== old) ?? []
    if (old.column !== field.name) field.column = old.column
  } else {
    const column = freeColumn(entity, field.name)
    if (column !== field.name) field.column = column
  }
  entity.fields.push(field)
  if (["flag", "choice", "reference"].includes(field.type))
    entity.filters.push({ field: field.name })
  return field
}

/** A column name that no field has or had. */
export function freeColumn(entity: Entity, name: string): string {
  const taken = new Set([
    ...entity.fields.map((field) => field.column ?? field.name),
    ...(entity.retired ?? []).map(({ column }) => column),
  ])
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name.slice(0, 36)}_${number}`)) number++
  return `${name.slice(0, 36)}_${number}`
}
