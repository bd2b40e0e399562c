/** Adding fields to an app that exists. */
import type { AppSpec, Entity, Field } from "../blueprints/index.ts"
import { beyond, isPicture } from "./beyond.ts"
import type { Change } from "./change.ts"
import { entityIn } from "./change-entities.ts"
import { fitField } from "./fit-spec.ts"
import { splitItems } from "./lists.ts"
import type { readField } from "./read-field.ts"
import { addItem } from "./read-items.ts"
import { markMeant } from "./read-wishes.ts"
import type { EntityDraft } from "./sketch.ts"
import { newSketch } from "./sketch.ts"
import { identifier, labelFor } from "./words.ts"

const target =
  /\s+(?:to|for|on|in|of)\s+(?:the |each |every |all(?: the)? |my |our |a |an )?([\p{L} ]{2,30}?)(?: (?:list|table|page|form|records?|entries|too|as well))?$/iu

/** "add a due date and notes to tasks" */
export function addFields(change: Change, { text, whole }: { text: string; whole: string }): void {
  const { spec, done, notDone } = change
  const owner = ownerOf(text, whole, spec)
  if (!owner) return
  const { entity, list } = owner
  const bare = list.replace(
    /^(?:(?:an?|the|new|another|extra|optional|more|some)\s+)*(?:fields?|columns?|property|properties|attributes?)(?: (?:for|called|named|with|to (?:store|record|note|track|hold)))?:?\s+/i,
    "",
  )
  const sketch = newSketch()
  const draft: EntityDraft = { name: entity.name, spoken: entity.label, fields: [], sure: true }
  for (const item of splitItems(bare)) addItem(sketch, draft, item)
  const before = entity.fields.length
  for (const { words, ...field } of draft.fields) {
    if (entity.fields.some((each) => each.name === identifier(words))) {
      notDone.push(`${entity.labelPlural} have ${field.label.toLowerCase()} already.`)
      continue
    }
    if (entity.fields.length >= 40) break
    placeField(spec, entity, { words, ...field })
  }
  const added = entity.fields.slice(before).map((field) => field.label.toLowerCase())
  if (added.length > 0) done.push(`${entity.labelPlural} have ${added.join(", ")} now.`)
  notDone.push(...beyond(sketch.leftovers.join(" . ")))
  if (draft.fields.some(({ label }) => isPicture(label)) || sketch.leftovers.length > 0) return
}

/** Where a new field goes, and what is left of the list without that mention. */
function ownerOf(
  text: string,
  whole: string,
  spec: AppSpec,
): { entity: Entity; list: string } | undefined {
  const said = text.match(target)
  const named = said?.[1] ? entityIn(said[1], spec) : undefined
  if (named && said) return { entity: named, list: text.slice(0, said.index) }
  const pronoun =
    said?.[1] &&
    /^(?:it|them|each|every one|app|list|records?|entries|form|each (?:one|entry|record|item))$/i.test(
      said[1].trim(),
    )
  const list = pronoun && said ? text.slice(0, said.index) : text
  const around = entityIn(whole.slice(0, whole.indexOf(text)), spec)
  const entity = around ?? spec.entities[0]
  return entity && { entity, list }
}

/** Puts a field into an entity with a column of its own, or back into the one it had before. */
export function placeField(
  spec: AppSpec,
  entity: Entity,
  draft: NonNullable<ReturnType<typeof readField>>,
): Field {
  const used = new Set(entity.fields.map((field) => field.name))
  const field = fitField({ ...draft, required: false }, { entity, entities: spec.entities, used })
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

/** "I want to mark books as lent" adds a flag; false when nothing is to be marked. */
export function addFlagLike(change: Change, whole: string): boolean {
  const words = markMeant(whole)
  const entity = words ? (entityIn(whole, change.spec) ?? change.spec.entities[0]) : undefined
  if (!words || !entity) return false
  if (entity.fields.some((field) => field.name === identifier(words))) return false
  placeField(change.spec, entity, { words, label: labelFor(words), type: "flag", required: false })
  change.done.push(`${entity.labelPlural} can be marked as ${words} now.`)
  return true
}
