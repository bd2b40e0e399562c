/** New names: for a field, a kind of record, or the app. Columns and tables keep theirs. */
import type { AppSpec, Entity } from "./blueprints/index.ts"
import type { Change } from "./change.ts"
import { type Found, findEntity, findField, many, missing, quoted } from "./change-find.ts"
import { shortened } from "./change-limits.ts"
import { entityNames } from "./fit-spec.ts"
import { labelFor, unusedIdentifier } from "./words.ts"

const appWords =
  /^(?:(?:the|this|my|our) )?(?:whole |entire )?(?:app|application|project|site|website|title|name|list|it|this|everything)(?:'s (?:name|title))?$/i

/** False when nothing of that name is there and the caller has another reading. */
export function renameNamed(
  change: Change,
  { from, to, mustExist = true }: { from: string; to: string; mustExist?: boolean },
): boolean {
  const { spec, done, notDone } = change
  const exact = to.trim().replace(/^["']|["']$/g, "")
  const whole = entityByPlural(from, spec)
  const found = whole ? undefined : findField(from, spec)
  if (!found && appWords.test(from.trim())) {
    spec.name = labelFor(exact)
    done.push(`Names the app “${spec.name}”.`)
    return true
  }
  const entity = whole ?? (found ? undefined : findEntity(from, spec))
  if (!found && !entity) {
    if (mustExist) notDone.push(missing(from, spec))
    return false
  }
  const bare = exact.replace(/^(?:an?|the|my|our)\s+/i, "")
  if (/\b(?:list|table|set|number) of\b|\bwith\b/i.test(bare) || bare.split(/\s+/).length > 4) {
    notDone.push(
      `“${shortened(to)}” is not a name for ${quoted(found?.field.label ?? entity?.labelPlural ?? from)}; a name has at most four words. For a list of its own, say “add a list of publishers with name and city”.`,
    )
    return true
  }
  if (found) renameField(change, found, labelFor(bare))
  else if (entity) renameEntity(change, entity, labelFor(bare))
  return true
}

/** "clients" means the list, even where a field is called client. */
function entityByPlural(spoken: string, spec: AppSpec): Entity | undefined {
  const words = spoken
    .toLowerCase()
    .replace(/^(?:the|all)\s+/, "")
    .replace(/\s+list$/, "")
    .trim()
  return spec.entities.find(
    (entity) => many(entity) === words && entity.label.toLowerCase() !== words,
  )
}

function renameField({ done }: Change, { entity, field }: Found, label: string): void {
  const used = new Set(entity.fields.filter((each) => each !== field).map((each) => each.name))
  const column = field.column ?? field.name
  const before = { name: field.name, label: field.label }
  field.name = unusedIdentifier(label, used)
  field.label = label
  if (column === field.name) delete field.column
  else field.column = column
  pointTo(entity, before.name, field.name)
  done.push(
    `Renames ${quoted(before.label)} of ${many(entity)} to ${quoted(label)}; what was recorded stays.`,
  )
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
  const before = { plural: entity.plural, label: entity.labelPlural }
  const used = new Set([
    ...spec.entities.filter((each) => each !== entity).map((each) => each.plural),
    ...(spec.retiredTables ?? []),
  ])
  const table = entity.table ?? entity.plural
  Object.assign(entity, entityNames(label, used))
  if (table === entity.plural) delete entity.table
  else entity.table = table
  for (const each of spec.entities)
    for (const field of each.fields) if (field.to === before.plural) field.to = entity.plural
  done.push(
    `Renames ${quoted(before.label)} to ${quoted(entity.labelPlural)}; what was recorded stays.`,
  )
}
