/** Taking fields, filters and kinds of records out of the app, and bringing a field back. */
import type { Entity } from "./blueprints/index.ts"
import type { Change } from "./change.ts"
import { type Found, findEntity, findField, inWords, many, missing, quoted } from "./change-find.ts"
import { splitItems } from "./lists.ts"
import { identifier, singular } from "./words.ts"

export function removeNamed(change: Change, list: string): void {
  const said = list.replace(/\s+(?:any ?more|please|again)$/i, "")
  const whole = findField(said, change.spec) ?? findEntity(said, change.spec)
  const items = whole ? [said] : splitItems(said)
  // "the link between visits and pets" is no wish to lose the pets
  const unknown = items.filter(
    (item) =>
      !findField(item, change.spec) && !findEntity(item, change.spec) && !/filters?\b/i.test(item),
  )
  if (unknown.length > 0 && items.length > 1)
    change.notDone.push(...unknown.map((item) => missing(item, change.spec)))
  else for (const item of items) removeOne(change, item)
}

function removeOne(change: Change, item: string): void {
  if (removeFilter(change, item)) return
  const { spec, notDone } = change
  const plural = item.toLowerCase().replace(/^(?:the|all) /, "")
  const whole = spec.entities.find((each) => many(each) === plural)
  const found = whole ? undefined : findField(item, spec)
  const entity = whole ?? (found ? undefined : findEntity(item, spec))
  if (found && found.entity.fields.length > 1) removeField(change, found)
  else if (found)
    notDone.push(
      `${quoted(found.field.label)} is the only field of ${many(found.entity)}, so it stays.`,
    )
  else if (entity && spec.entities.length > 1) removeEntity(change, entity)
  else
    notDone.push(entity ? `The app keeps only ${many(entity)}, so they stay.` : missing(item, spec))
}

/** "remove the filter by author"; without a name, the only one there is. */
function removeFilter({ spec, done, notDone }: Change, item: string): boolean {
  const match = item.match(
    /^(?:the |all |all the |my |any )?(?:filters?(?: (?:by|for|on|of|from|in) (?:the )?(.+))?|(.+?) filters?)$/i,
  )
  if (!match) return false
  const name = match[1] ?? match[2]
  const found = name ? findField(name, spec) : undefined
  const owner = name && !found ? findEntity(name, spec) : undefined
  const offered = (owner ? [owner] : spec.entities).flatMap((entity) =>
    entity.filters.map(({ field }) => ({ entity, field })),
  )
  const meant = found
    ? offered.filter((each) => each.entity === found.entity && each.field === found.field.name)
    : offered
  const every = /\ball\b|filters\b/i.test(item)
  if (name && !found && !owner) notDone.push(missing(name, spec))
  else if (meant.length === 0)
    notDone.push(
      found
        ? `There is no filter by ${quoted(found.field.label)}.`
        : "There is no filter on the page.",
    )
  else if (meant.length > 1 && !every)
    notDone.push(
      `There are filters by ${inWords(meant.map((each) => `“${each.field.replaceAll("_", " ")}”`))}; say which, as in “remove the filter by ${meant[0]?.field.replaceAll("_", " ")}”.`,
    )
  else {
    for (const { entity, field } of meant)
      entity.filters = entity.filters.filter((each) => each.field !== field)
    done.push(
      `Removes the filter by ${inWords(meant.map((each) => `“${each.field.replaceAll("_", " ")}”`))} from the page of ${inWords([...new Set(meant.map((each) => many(each.entity)))])}.`,
    )
  }
  return true
}

/** "remove the link between visits and pets": false when there is none */
export function untie(change: Change, { one, other }: { one: string; other: string }): boolean {
  const [first, second] = [findEntity(one, change.spec), findEntity(other, change.spec)]
  const pairs = first && second ? [[first, second] as const, [second, first] as const] : []
  for (const [entity, owner] of pairs) {
    const field = entity.fields.find(({ to }) => to === owner.plural)
    if (!field || entity.fields.length < 2) continue
    removeField(change, { entity, field })
    return true
  }
  return false
}

function removeField({ done }: Change, { entity, field }: Found): void {
  retire(entity, field)
  done.push(
    `Removes ${quoted(field.label)} from ${many(entity)}; what was recorded in it stays on disk.`,
  )
}

function retire(entity: Entity, field: Found["field"]): void {
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
      if (each.fields.length > 1) retire(each, field)
    }
  }
  done.push(`Removes the list of ${many(entity)}; what was recorded in it stays on disk.`)
}

/** "add author back": a removed field with its column and all that is in it. */
export function bringBack({ spec, done, notDone }: Change, name: string): void {
  const bare = name
    .trim()
    .replace(/^(?:the|my|our) /i, "")
    .replace(/ (?:field|column|flag)$/i, "")
  const [, spoken = bare, ownerName = ""] = bare.match(/^(.+?) (?:to|of|in|for) (.+)$/i) ?? []
  const wanted = new Set([identifier(spoken), identifier(singular(spoken))])
  const owner = ownerName ? findEntity(ownerName, spec) : undefined
  for (const entity of owner ? [owner] : spec.entities) {
    const old = entity.retired?.findLast(({ field }) => wanted.has(field.name))
    if (!old || entity.fields.some((each) => each.name === old.field.name)) continue
    if (old.field.to && !spec.entities.some(({ plural }) => plural === old.field.to)) continue
    entity.retired = entity.retired?.filter((each) => each !== old) ?? []
    entity.fields.push(old.field)
    if (["flag", "choice", "reference"].includes(old.field.type))
      entity.filters.push({ field: old.field.name })
    done.push(
      `Brings ${quoted(old.field.label)} of ${many(entity)} back, with what was recorded in it.`,
    )
    return
  }
  const there = findField(spoken, spec)
  if (there) notDone.push(`${there.entity.labelPlural} have ${quoted(there.field.label)} already.`)
  else if (spec.retiredTables?.some((table) => wanted.has(table) || wanted.has(singular(table))))
    notDone.push(
      `The list of ${bare} was removed as a whole and cannot be brought back; “add a list of ${bare} with name and notes” begins an empty one.`,
    )
  else
    notDone.push(
      `No field called “${bare.slice(0, 60)}” was removed, so there is nothing to bring back; “add ${bare.slice(0, 60)}” makes a new one.`,
    )
}
