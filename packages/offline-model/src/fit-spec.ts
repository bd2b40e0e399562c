/** Makes a sketch into a spec that holds: names fit, relations point somewhere, defaults filled. */
import type { AppSpec, Entity, Field } from "./blueprints/index.ts"
import { writeAppSpec } from "./blueprints/index.ts"
import { fitWishes } from "./fit-wishes.ts"
import { sameThing, usualFields } from "./known-entities.ts"
import { splitItems } from "./lists.ts"
import type { FieldDraft } from "./read-field.ts"
import { namesEntity, readField } from "./read-field.ts"
import type { EntityDraft, Sketch } from "./sketch.ts"
import { identifier, labelFor, plural, singular, unusedIdentifier } from "./words.ts"

const mostEntities = 8

export function fitSpec(sketch: Sketch, unsupported: string[]): AppSpec {
  const drafts = sketch.entities.slice(0, mostEntities)
  const names = fitNames(drafts)
  const entities = drafts.map((_draft, index): Entity => {
    const name = names[index]
    if (!name) throw new Error("every draft has a name")
    return { ...name, fields: [], filters: [] }
  })
  drafts.forEach((draft, index) => {
    const entity = entities[index]
    if (entity) entity.fields = fieldsFor(draft, { entity, entities, sketch })
  })
  const notes = [...unsupported, ...fitWishes(sketch.wishes, entities)]
  for (const entity of entities) addOwnFilters(entity)
  return withinSize({
    version: 1,
    name: labelFor(titleFor(sketch.title, entities)),
    entities,
    unsupported: [...new Set(notes)].slice(0, 20),
  })
}

/** A title that only repeats the first of several kinds of records names all of them. */
function titleFor(said: string | undefined, entities: Entity[]): string {
  const labels = entities.map((each) => each.labelPlural)
  const [first] = labels
  const one =
    said !== undefined && singular(said).toLowerCase() === singular(first ?? "").toLowerCase()
  if (said !== undefined && !(one && labels.length > 1)) return said
  return labels.length > 0 ? labels.slice(0, 3).join(", ") : "Records"
}

// the spec travels in the instructions of each task, which are at most 8000 characters
const longestSpec = 5600

function withinSize(spec: AppSpec): AppSpec {
  if (writeAppSpec(spec).length <= longestSpec) return spec
  spec.unsupported = [
    "That was more than fits into one app: some of the fields were left out.",
    ...spec.unsupported,
  ].slice(0, 8)
  while (writeAppSpec(spec).length > longestSpec) {
    const widest = spec.entities.reduce((one, other) =>
      other.fields.length > one.fields.length ? other : one,
    )
    if (widest.fields.length <= 1) spec.entities.pop()
    else {
      const gone = widest.fields.pop()
      widest.filters = widest.filters.filter(({ field }) => field !== gone?.name)
      if (widest.sort?.field === gone?.name) delete widest.sort
    }
  }
  return spec
}

type Naming = Pick<Entity, "name" | "plural" | "label" | "labelPlural">

function fitNames(drafts: EntityDraft[]): Naming[] {
  const used = new Set<string>()
  return drafts.map(({ spoken }) => entityNames(spoken, used))
}

/** Names for an entity that are not used yet; adds its plural to `used`. */
export function entityNames(spoken: string, used: Set<string>): Naming {
  const one = singular(spoken)
  const many = unusedIdentifier(plural(one), used)
  used.add(many)
  return {
    name: identifier(one) || "record",
    plural: many,
    label: labelFor(one),
    labelPlural: labelFor(plural(one)),
  }
}

interface Around {
  entity: Entity
  entities: Entity[]
  sketch: Sketch
}

function fieldsFor(draft: EntityDraft, { entity, entities, sketch }: Around): Field[] {
  const parents = sketch.relations
    .filter(([child]) => child === draft.name)
    .map(([, parent]) => parent)
  const drafts = draft.fields.length > 0 ? [...draft.fields] : defaultFields(draft.name)
  const pointers = [...new Set(parents)].flatMap((parent) => {
    const target = entities.find((each) => each.name === identifier(parent))
    const told = target && drafts.some(({ words }) => namesEntity(words, target))
    return target && target !== entity && !told ? [pointerTo(target)] : []
  })
  const naming = /^(?:text|date|datetime)$/.test(drafts[0]?.type ?? "")
  drafts.splice(naming ? 1 : 0, 0, ...pointers)
  return fitFields(named(drafts, draft, entities), { entity, entities })
}

const pointerTo = ({ name, label }: Entity): FieldDraft => ({
  words: name,
  label,
  type: "reference",
  required: false,
  to: name,
})

function defaultFields(name: string): FieldDraft[] {
  const list = usualFields(name) ?? "name, notes"
  return splitItems(list).flatMap((item) => readField(item) ?? [])
}

/**
 * A record needs something to be called by. What happens on a day is called by it; a thing gets
 * the name that such things usually have.
 */
function named(drafts: FieldDraft[], draft: EntityDraft, entities: Entity[]): FieldDraft[] {
  const usual = usualFields(draft.name)?.split(", ") ?? []
  const happening = usual.length === 0 || usual.includes("date")
  const pointing = drafts.some(({ words }) =>
    entities.some((each) => each.name !== identifier(draft.name) && namesEntity(words, each)),
  )
  const dated = drafts.some(({ type }) => ["date", "datetime", "time"].includes(type))
  if (
    (pointing && !/^(?:name|title)\b/.test(usual[0] ?? "")) ||
    drafts.some((each) => namesRecord(each, [...usual, draft.name])) ||
    (dated && happening)
  )
    return drafts
  const words =
    usual
      .find((item) => /^(?:title|name|species|description|item|symptom|recipient)\b/.test(item))
      ?.replace(/ \(.*/, "") ?? "name"
  return [{ words, label: labelFor(words), type: "text", required: true }, ...drafts]
}

/** Whether a field says which record it is: not "last watered", not "notes", not "age limit". */
function namesRecord({ type, words }: FieldDraft, usual: string[]): boolean {
  if (!["text", "email", "reference"].includes(type)) return false
  const low = words.toLowerCase()
  if (sameThing(usual.at(-1) ?? "", low)) return true
  if (
    /\b(?:name|title|number|code|plate|tag|model|make|artist|author|company|subject|topic|word|question|species|symbol|item|thing|artist|address|label|label|id|serial|recipient|player|team|exercise|caption|opponent|expression)$/.test(
      low,
    )
  )
    return true
  if (
    /^(?:who|where|location|category|type|status|genre|borrower|colou?r|condition|size|room|place|tags?|season|frequency|unit|brand|zone|shelf|reason|origin)\b/.test(
      low,
    )
  )
    return false
  return usual.length === 0 || usual.includes(low) || low === usual[0]
}

/** Drafts → fields: unique names, references to entities that exist, one needed name first. */
export function fitFields(
  drafts: FieldDraft[],
  { entity, entities }: { entity: Entity; entities: Entity[] },
): Field[] {
  const used = new Set<string>()
  const fields = drafts.slice(0, 30).map((draft): Field => {
    const field = fitField(draft, { entity, entities, used })
    used.add(field.name)
    return field
  })
  const from = fields.find((field) => field.name === "from" && field.type === "text")
  if (
    from &&
    fields.some((field) => field.type === "date" && /^(?:until|to|till)$/.test(field.name))
  )
    from.type = "date"
  fitMoments(fields)
  fitAmounts(fields, entity.name)
  const title = fields.find((field) => field.type === "text")
  if (
    title &&
    /^(?:name|title|word|question|subject|task|item|label|description|species|make|company|item_name|product|first_name|full_name)$|_(?:name|title)$/.test(
      title.name,
    )
  )
    title.required = true
  else if (title && fields[0] === title) title.required = true
  const closing = fields.find(
    (field) =>
      field.type === "flag" &&
      /done|finish|complete|return|paid|closed|resolved|read|watched/.test(field.name),
  )
  if (closing) closing.closes = true
  return fields
}

/** The amount of an ingredient, or of anything that has a unit, is no money. */
function fitAmounts(fields: Field[], of: string): void {
  const unit = fields.find(({ name }) => /^units?$/.test(name))
  const amounts = fields.filter(({ name }) => /^(?:amount|quantity|qty)$/.test(name))
  if (unit?.type === "whole_number" && amounts.length > 0) unit.type = "text"
  const consumed = /(?:^|_)(?:ingredient|medication|medicine|dose|feed|feeding|grocery|food)$/
  if (!unit && !consumed.test(of)) return
  for (const field of amounts) if (field.type === "money") field.type = "decimal"
}

/** A start time says the day as well, where nothing else does. */
function fitMoments(fields: Field[]): void {
  const dated = fields.some(
    ({ name, type }) => /^date/.test(type) || /(?:^|_)(?:week)?days?$/.test(name),
  )
  for (const field of fields)
    if (
      field.type === "text" &&
      (dated ? /^(?:start|end|finish)(?:e?s)?$/ : /^(?:starts|ends)$/).test(field.name)
    )
      field.type = dated ? "time" : "datetime"
  fitSpan(fields, dated)
  if (dated) return
  for (const field of fields)
    if (field.type === "time" && /start|begin|end|depart|arriv|meeting|pick|drop/.test(field.name))
      field.type = "datetime"
}

/** "from, to" are times of a day that is given, or else days; a lone start is a moment. */
function fitSpan(fields: Field[], dated: boolean): void {
  const plain = (pattern: RegExp) =>
    fields.find(({ name, type }) => type === "text" && pattern.test(name))
  const [from, to] = [plain(/^from$/), plain(/^(?:to|till)$/)]
  if (from && to) {
    from.type = dated ? "time" : "date"
    to.type = from.type
  }
  const start = plain(/^start$/)
  if (start && !dated && !fields.some(({ name }) => /^(?:end|finish)/.test(name)))
    start.type = "datetime"
}

interface Place {
  entity: Entity
  entities: Entity[]
  used: ReadonlySet<string>
}

export function fitField(draft: FieldDraft, { entity, entities, used }: Place): Field {
  const { words, to, type, ...rest } = draft
  const target =
    type === "text" || type === "reference" || type === "whole_number"
      ? entities.find((each) => each !== entity && namesEntity(to ?? words, each))
      : undefined
  if (target)
    return {
      ...referenceTo(target, used),
      name: unusedIdentifier(words, used),
      label: rest.label,
      required: rest.required,
    }
  return {
    name: unusedIdentifier(words, used),
    ...rest,
    type: type === "reference" ? "text" : type,
  }
}

export function referenceTo(target: Entity, used: ReadonlySet<string>): Field {
  return {
    name: unusedIdentifier(target.name, used),
    label: target.label,
    type: "reference",
    required: false,
    to: target.plural,
  }
}

/** Flags, choices and references are cheap to choose from, so the page always offers them. */
function addOwnFilters(entity: Entity): void {
  for (const field of entity.fields) {
    if (!["flag", "choice", "reference"].includes(field.type)) continue
    if (!entity.filters.some((filter) => filter.field === field.name))
      entity.filters.push({ field: field.name })
  }
}
