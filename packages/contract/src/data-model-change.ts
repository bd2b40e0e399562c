/**
 * What becomes of an app's records when its data model changes. A field is the same field as long as
 * it has the same column, and a list the same list as long as it has the same table: other names
 * move nothing. What was removed keeps its column or table, which nobody else is ever given.
 */
import type { DataModel, Entity, Field } from "./data-model.ts"
import { columnOf, identifierForm, tableOf } from "./data-model-parts.ts"
import type { Problem } from "./data-model-rules.ts"

/** What one part of a change means for people, and for the records of a list. */
export interface Change {
  /** one sentence without a dot: "Adds Budget to Projects" */
  says: string
  /** what becomes of records that are there, to be read after their number: "kept, empty there"; nothing for a list that is new */
  records?: { plural: string; keeps: string }
}

export interface SettledChange {
  /** the model to write: retired columns and tables are noted, and no column is given twice */
  model: DataModel
  changes: Change[]
  /** what cannot be changed so */
  problems: Problem[]
}

/** Compares two models of one app. Both are right for themselves. */
export function settleChange(before: DataModel, after: DataModel): SettledChange {
  const changes: Change[] = []
  const problems: Problem[] = []
  if (before.name !== after.name) changes.push({ says: `Calls the app ${after.name}` })
  const old = new Map(before.entities.map((entity) => [tableOf(entity), entity]))
  const kept = new Set(after.entities.map(tableOf))
  const gone = before.entities.filter((entity) => !kept.has(tableOf(entity)))
  const retiredTables = new Set([...(before.retiredTables ?? []), ...gone.map(tableOf)])
  for (const entity of gone) {
    const keeps = "kept on disk, no longer shown"
    changes.push({
      says: `Removes ${entity.labelPlural}`,
      records: { plural: entity.plural, keeps },
    })
  }
  const entities = after.entities.map((entity, at) => {
    const was = old.get(tableOf(entity))
    if (!was) {
      changes.push({ says: `Adds ${entity.labelPlural}` })
      return withFreeTable(entity, retiredTables)
    }
    const moves = (field: Field, now: Field) => targetOf(before, field) !== targetOf(after, now)
    return settleEntity({ was, entity, path: ["entities", at], moves, changes, problems })
  })
  if (changes.length === 0 && orderOf(before) !== orderOf(after))
    changes.push({ says: "Puts the lists in another order" })
  const tables = retiredTables.size > 0 ? { retiredTables: [...retiredTables] } : {}
  const { retiredTables: _, ...rest } = after
  return { model: { ...rest, entities, ...tables }, changes, problems }
}

/** The table that a relation points at; of a list that is not there, what it is called. */
function targetOf({ entities }: DataModel, { to }: Field): string | undefined {
  const target = entities.find(({ plural }) => plural === to)
  return target ? tableOf(target) : to
}

const orderOf = (model: DataModel) => model.entities.map(tableOf).join()

function withFreeTable(entity: Entity, retired: ReadonlySet<string>): Entity {
  const { table, ...rest } = entity
  const free = unused(table ?? entity.plural, retired)
  return free === entity.plural ? rest : { ...rest, table: free }
}

interface Pair {
  was: Entity
  entity: Entity
  path: Problem["path"]
  /** whether a relation points at another list now */
  moves(field: Field, now: Field): boolean
  changes: Change[]
  problems: Problem[]
}

function settleEntity(pair: Pair): Entity {
  const { was, entity, changes } = pair
  const say = (says: string, keeps: string) =>
    changes.push({ says, records: { plural: was.plural, keeps } })
  if (was.labelPlural !== entity.labelPlural || was.plural !== entity.plural)
    say(`Calls ${was.labelPlural} ${entity.labelPlural}`, "kept")
  const removed = [...(was.retired ?? []), ...tellGone({ was, entity, say })]
  const { fields, restored } = settleFields({ ...pair, say, removed })
  tellRest({ was, entity, say })
  const retired = removed.filter(({ column }) => !restored.has(column))
  const { retired: _, ...rest } = entity
  return { ...rest, fields, ...(retired.length > 0 ? { retired } : {}) }
}

type Retired = NonNullable<Entity["retired"]>
type Told = Pick<Pair, "was" | "entity"> & { say: Say }

/** Says which fields are gone, and answers the columns that they leave. */
function tellGone({ was, entity, say }: Told): Retired {
  const now = new Set(entity.fields.filter(isStored).map(columnOf))
  const names = new Set(entity.fields.filter((field) => !isStored(field)).map(({ name }) => name))
  const gone = was.fields.filter((field) =>
    isStored(field) ? !now.has(columnOf(field)) : !names.has(field.name),
  )
  for (const field of gone) {
    const keeps = isStored(field) ? "kept; what they have there stays on disk" : "kept"
    say(`Removes ${field.label} from ${entity.labelPlural}`, keeps)
  }
  return gone.filter(isStored).map((field) => ({ column: columnOf(field), field }))
}

function settleFields({
  was,
  entity,
  path,
  moves,
  problems,
  say,
  removed,
}: Pair & { say: Say; removed: Retired }) {
  const list = entity.labelPlural
  const stored = was.fields.filter(isStored)
  const taken = new Set([...removed.map(({ column }) => column), ...stored.map(columnOf)])
  const restored = new Set<string>()
  const fields = entity.fields.map((field, at) => {
    if (!isStored(field)) {
      tellComputed(field, { was, list, say })
      return withoutColumn(field)
    }
    const before = stored.find((each) => columnOf(each) === columnOf(field))
    if (before) {
      if (moves(before, field) && before.to !== undefined && field.to !== undefined) {
        const message = "A relation keeps the list it points at. Remove it and add another."
        problems.push({ path: [...path, "fields", at, "to"], message })
      }
      tellChange(before, field, { list, say })
      return tidy(field)
    }
    const back = removed.find(({ column }) => column === field.column)
    if (back?.field.type === field.type) {
      restored.add(back.column)
      say(`Brings ${field.label} back to ${list}`, "kept, with the values they had")
      return tidy(field)
    }
    const isEmpty = field.default === undefined || field.default === "today"
    say(
      `Adds ${field.label} to ${list}`,
      isEmpty ? "kept, empty there" : "kept, filled with its default",
    )
    const column = unused(columnOf(field), taken)
    taken.add(column)
    return tidy({ ...field, column })
  })
  return { fields, restored }
}

const isStored = (field: Field) => field.type !== "computed"

function withoutColumn({ column: _, ...rest }: Field): Field {
  return rest
}

const tidy = (field: Field) => (field.column === field.name ? withoutColumn(field) : field)

type Say = (says: string, keeps: string) => void

function tellComputed(
  field: Field,
  { was, list, say }: { was: Entity; list: string; say: Say },
): void {
  const before = was.fields.find((each) => !isStored(each) && each.name === field.name)
  if (!before) say(`Adds ${field.label} to ${list}, computed`, "kept")
  else if (!same(before, field)) say(`Changes how ${field.label} is computed in ${list}`, "kept")
}

/** Says what a field that stays becomes. */
function tellChange(before: Field, field: Field, { list, say }: { list: string; say: Say }): void {
  const { label } = field
  if (before.label !== label || before.name !== field.name)
    say(`Calls ${before.label} of ${list} ${label}`, "kept")
  if (before.type !== field.type) {
    const keeps = "converted, or nothing changes if one cannot be"
    say(`Makes ${label} of ${list} ${wordOf[field.type]}`, keeps)
  }
  if (!before.required && field.required)
    say(`${label} of ${list} has to be filled in`, "kept; those without it may stay so")
  for (const { from, to } of field.renamedChoices ?? [])
    if (before.choices?.includes(from) && !field.choices?.includes(from))
      say(`Calls the choice ${from} ${to}`, "kept, with the new word")
  const names = ["label", "name", "type", "required", "column", "to", "renamedChoices"] as const
  const rest = (each: Field) => ({ ...each, ...Object.fromEntries(names.map((name) => [name, 0])) })
  const eased = before.required && !field.required
  if (before.type === field.type && (eased || !same(rest(before), rest(field))))
    say(`Changes what ${label} of ${list} may be`, "kept as they are")
}

const wordOf = {
  ...{ text: "a text", long_text: "a long text", whole_number: "a whole number" },
  ...{ decimal: "a number", money: "an amount of money", flag: "a mark", date: "a date" },
  ...{ datetime: "a day and time", time: "a time", email: "an e-mail address" },
  ...{ url: "a web address", phone: "a phone number", choice: "a choice", rating: "a rating" },
  ...{ color: "a colour", reference: "a relation to one", references: "a relation to many" },
  computed: "computed",
} satisfies Record<Field["type"], string>

function tellRest({ was, entity, say }: Told): void {
  const list = entity.labelPlural
  if (!same(was.access, entity.access)) say(`Changes who may see or change ${list}`, "kept")
  if (!same([was.views, was.sort, was.filters], [entity.views, entity.sort, entity.filters]))
    say(`Changes how ${list} are shown`, "kept")
  const left = (one: Entity, other: Entity) =>
    one.fields.map(columnOf).filter((column) => other.fields.map(columnOf).includes(column))
  if (!same(left(was, entity), left(entity, was)))
    say(`Puts the fields of ${list} in another order`, "kept")
}

/** Equal as JSON, whatever the order of keys and whether one is absent or undefined. */
const same = (one: unknown, other: unknown) => stable(one) === stable(other)

function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, each) =>
      typeof each === "object" && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? ""
  )
}

/** An identifier that is not among those used: "pages", then "pages_2". */
export function unused(name: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const each = number === 1 ? name : `${name.slice(0, 36)}_${number}`
    if (!used.has(each) && identifierForm.test(each)) return each
  }
}
