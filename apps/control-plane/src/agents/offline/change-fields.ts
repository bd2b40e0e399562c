/** Renaming, removing and reshaping the fields of an app that exists. */
import type { AppSpec, Entity, Field } from "../blueprints/index.ts"
import type { Change } from "./change.ts"
import { freeColumn } from "./change-add.ts"
import { entityIn } from "./change-entities.ts"
import { typeNamed } from "./field-types.ts"
import { entityNames } from "./fit-spec.ts"
import { splitItems } from "./lists.ts"
import { readField } from "./read-field.ts"
import { identifier, labelFor, singular, unusedIdentifier } from "./words.ts"

interface Found {
  entity: Entity
  field: Field
}

/** The field that words like "the pages field of books" mean. */
function findField(spoken: string, spec: AppSpec): Found | undefined {
  const bare = spoken
    .replace(/^(?:the|its|their|my|our|a|an)\s+/i, "")
    .replace(/\s+(?:field|column|property|attribute|filter)s?$/i, "")
    .trim()
  const owned = bare.match(/^(.+?)\s+(?:of|from|in|on|for)\s+(?:the |each |every |all |my )?(.+)$/i)
  const owner = owned?.[2] ? entityIn(owned[2], spec) : undefined
  const words = owner && owned?.[1] ? owned[1] : bare
  const names = new Set([identifier(words), identifier(singular(words))])
  for (const entity of owner ? [owner] : spec.entities) {
    const field = entity.fields.find(
      (each) =>
        names.has(each.name) ||
        names.has(identifier(each.label)) ||
        names.has(identifier(singular(each.label))),
    )
    if (field) return { entity, field }
  }
  return owner || words.split(" ").length > 1
    ? findInside(words, owner ? [owner] : spec.entities)
    : undefined
}

/** "book pages" → pages of books. */
function findInside(words: string, entities: Entity[]): Found | undefined {
  for (const entity of entities) {
    const own = words
      .toLowerCase()
      .replace(
        new RegExp(`^(?:${entity.label.toLowerCase().replace(/[^a-z ]/g, "")}(?:'?s)?) `),
        "",
      )
    const field = entity.fields.find((each) => each.name === identifier(own))
    if (field) return { entity, field }
  }
  return undefined
}

export function renameNamed(change: Change, { from, to }: { from: string; to: string }): void {
  const { spec, done, notDone } = change
  const label = labelFor(to.replace(/^["']|["']$/g, ""))
  const whole = entityByPlural(from, spec)
  const found = whole ? undefined : findField(from, spec)
  if (found) {
    renameField(found, label)
    done.push(`${labelFor(from)} is called ${label.toLowerCase()} now; what was recorded stays.`)
    return
  }
  if (/^(?:the )?(?:app|list|project|title|it|this)$/i.test(from.trim())) {
    spec.name = label
    done.push(`The app is called ${label} now.`)
    return
  }
  const entity = whole ?? entityIn(from, spec)
  if (entity) renameEntity(change, entity, label)
  else notDone.push(missing(from, spec))
}

/** "clients" means the list, even where a field is called client. */
function entityByPlural(spoken: string, spec: AppSpec): Entity | undefined {
  const words = spoken
    .toLowerCase()
    .replace(/^(?:the|all)\s+/, "")
    .replace(/\s+list$/, "")
    .trim()
  return spec.entities.find(
    (entity) => entity.labelPlural.toLowerCase() === words && entity.label.toLowerCase() !== words,
  )
}

function renameField({ entity, field }: Found, label: string): void {
  const used = new Set(entity.fields.filter((each) => each !== field).map((each) => each.name))
  const column = field.column ?? field.name
  const before = field.name
  field.name = unusedIdentifier(label, used)
  field.label = label
  if (column === field.name) delete field.column
  else field.column = column
  pointTo(entity, before, field.name)
}

/** Filters, order and suggestion follow a field to its new name. */
function pointTo(entity: Entity, before: string, after: string): void {
  for (const filter of entity.filters) if (filter.field === before) filter.field = after
  if (entity.sort?.field === before) entity.sort.field = after
  const { suggestion } = entity
  if (!suggestion) return
  if (suggestion.open === before) suggestion.open = after
  if (suggestion.rating === before) suggestion.rating = after
  if (suggestion.like)
    suggestion.like = suggestion.like.map((name) => (name === before ? after : name))
}

function renameEntity({ spec, done }: Change, entity: Entity, label: string): void {
  const before = entity.plural
  const used = new Set([
    ...spec.entities.filter((each) => each !== entity).map((each) => each.plural),
    ...(spec.retiredTables ?? []),
  ])
  const table = entity.table ?? entity.plural
  Object.assign(entity, entityNames(label, used))
  if (table === entity.plural) delete entity.table
  else entity.table = table
  for (const each of spec.entities)
    for (const field of each.fields) if (field.to === before) field.to = entity.plural
  done.push(
    `${labelFor(before.replaceAll("_", " "))} are called ${entity.labelPlural.toLowerCase()} now.`,
  )
}

export function removeNamed(change: Change, list: string): void {
  for (const item of splitItems(list.replace(/\s+(?:any ?more|please|again)$/i, "")))
    removeOne(change, item)
}

function removeOne({ spec, done, notDone }: Change, item: string): void {
  const filter = item.match(/^(?:the )?(?:filter (?:by|for|on|of) (?:the )?(.+)|(.+?) filter)$/i)
  const whole = entityByPlural(item, spec)
  const found = whole ? undefined : findField(filter?.[1] ?? filter?.[2] ?? item, spec)
  if (filter && found) {
    found.entity.filters = found.entity.filters.filter((each) => each.field !== found.field.name)
    done.push(
      `${found.entity.labelPlural} are no longer filtered by ${found.field.label.toLowerCase()} on the page.`,
    )
    return
  }
  if (found && found.entity.fields.length > 1) {
    removeField(found)
    done.push(
      `${found.field.label} is gone from ${found.entity.labelPlural.toLowerCase()}; what was recorded in it stays on disk.`,
    )
    return
  }
  if (found) {
    notDone.push(
      `${found.field.label} is the only field of ${found.entity.labelPlural.toLowerCase()}, so it stays.`,
    )
    return
  }
  const entity = entityIn(item, spec)
  if (entity && spec.entities.length > 1) removeEntity({ spec, done, notDone }, entity)
  else notDone.push(entity ? "That is all the app keeps, so it stays." : missing(item, spec))
}

function removeField({ entity, field }: Found): void {
  entity.fields = entity.fields.filter((each) => each !== field)
  entity.filters = entity.filters.filter((filter) => filter.field !== field.name)
  if (entity.sort?.field === field.name) delete entity.sort
  entity.retired = [...(entity.retired ?? []), { column: field.column ?? field.name, field }]
  const { suggestion } = entity
  if (!suggestion) return
  if (suggestion.open === field.name) delete suggestion.open
  if (suggestion.rating === field.name) delete suggestion.rating
  if (suggestion.like) suggestion.like = suggestion.like.filter((name) => name !== field.name)
}

function removeEntity({ spec, done }: Change, entity: Entity): void {
  spec.entities = spec.entities.filter((each) => each !== entity)
  spec.retiredTables = [...(spec.retiredTables ?? []), entity.table ?? entity.plural]
  for (const each of spec.entities) {
    for (const field of each.fields.filter(({ to }) => to === entity.plural)) {
      if (each.fields.length > 1) removeField({ entity: each, field })
    }
  }
  done.push(`${entity.labelPlural} are gone from the app; what was recorded stays on disk.`)
}

export function changeNeeded(
  { spec, done, notDone }: Change,
  { list, needed }: { list: string; needed: boolean },
): void {
  for (const item of splitItems(list)) {
    const found = findField(item, spec)
    if (!found) {
      notDone.push(missing(item, spec))
      continue
    }
    found.field.required = needed
    done.push(`${found.field.label} is ${needed ? "needed" : "optional"} now.`)
  }
}

export function changeChoices(
  { spec, done, notDone }: Change,
  { values, field }: { values: string; field: string },
): void {
  const choiceFields = spec.entities.flatMap((entity) =>
    entity.fields.filter((each) => each.type === "choice").map((each) => ({ entity, field: each })),
  )
  const found =
    (field ? findField(field, spec) : undefined) ??
    (choiceFields.length === 1 ? choiceFields[0] : undefined)
  if (!found?.field.choices) {
    if (field) notDone.push(missing(field, spec))
    return
  }
  const added = splitItems(values)
    .map((value) => value.replace(/^["']|["']$/g, "").slice(0, 60))
    .filter((value) => !found.field.choices?.includes(value))
  found.field.choices = [...found.field.choices, ...added].slice(0, 30)
  if (added.length > 0) done.push(`${found.field.label} can be ${added.join(", ")} now.`)
}

/** Like `changeChoices`, but says nothing when the words name no field with choices. */
export function addToChoice(
  change: Change,
  { values, field }: { values: string; field: string },
): void {
  const found = findField(field, change.spec)
  if (found?.field.type === "choice") changeChoices(change, { values, field })
}

/** The values that make sense in the new type are taken over; the old column stays. */
export function changeType(
  { spec, done, notDone }: Change,
  { name, type }: { name: string; type: string },
): void {
  const found = findField(name, spec)
  if (!found) {
    notDone.push(missing(name, spec))
    return
  }
  const { entity, field } = found
  const draft = readField(
    `${field.label} (${type.replace(/^(?:choice|dropdown|select|list)(?: (?:of|with|between))?\s*/i, "")})`,
  )
  const wanted = typeNamed(type, field.label) ?? draft?.type
  if (
    !draft ||
    !wanted ||
    wanted === field.type ||
    wanted === "reference" ||
    (wanted === "choice" && !draft.choices)
  ) {
    if (wanted === field.type) done.push(`${field.label} is that already.`)
    return
  }
  const old = field.column ?? field.name
  const { words: _, label: __, required: ___, ...shape } = draft
  const column = freeColumn(entity, `${field.name}_${wanted}`.slice(0, 36))
  const next: Field = {
    name: field.name,
    label: field.label,
    required: field.required,
    ...shape,
    type: wanted,
    column,
    copyFrom: old,
  }
  entity.retired = [...(entity.retired ?? []), { column: old, field }]
  entity.fields = entity.fields.map((each) => (each === field ? next : each))
  done.push(
    `${field.label} is a ${wanted.replaceAll("_", " ")} now; values that fit were taken over.`,
  )
}

function missing(spoken: string, spec: AppSpec): string {
  const fields = spec.entities.map(
    (entity) =>
      `${entity.labelPlural.toLowerCase()} (${entity.fields.map((field) => field.label.toLowerCase()).join(", ")})`,
  )
  return `There is no “${spoken.trim().slice(0, 40)}” in ${fields.join("; ")}.`
}
