/** Makes a sketch into a spec that holds: names fit, references point somewhere, nothing is empty. */
import { type AppSpec, type Entity, type Field, writeAppSpec } from "../blueprints/index.ts"
import { identifier, labelFor, unusedIdentifier } from "../blueprints/names.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import { type FieldDraft, typeOfName } from "./fields.ts"
import { usualFields } from "./phrases.ts"
import { findThing, type Sketch, type ThingDraft } from "./sketch.ts"
import { isSmall, type Token } from "./tokens.ts"
import { plural, setOf, singular, wordsOf } from "./words.ts"

/** A thing or a field that was built, with the tokens that asked for it. */
export interface Built {
  entity: Entity
  field?: Field
  said: Token[]
}

const mostThings = 8
const mostFields = 30
// The spec travels in the instructions of each task, which are at most 8,000 characters.
const longestSpec = 5600
const closing = setOf(signs.closing)
const chosen = setOf("flag choice reference")
const naming = setOf("text date datetime reference email")

/** What stays of a sketch as a spec, and what of the text became what. */
export function specOf(
  sketch: Sketch,
  title: string | undefined,
): { spec: AppSpec; built: Built[] } {
  const drafts = sketch.things.slice(0, mostThings)
  const used = new Set<string>()
  const entities = drafts.map(
    ({ name }): Entity => ({ ...entityNames(name, used), fields: [], filters: [] }),
  )
  const built: Built[] = []
  for (const [at, draft] of drafts.entries()) {
    const entity = entities[at]
    if (!entity) continue
    built.push({ entity, said: draft.said })
    for (const { field, said } of fieldsOf(draft, { entity, entities, sketch })) {
      entity.fields.push(field)
      built.push({ entity, field, said })
    }
    settle(entity)
  }
  const labels = entities.map(({ labelPlural }) => labelPlural).slice(0, 3)
  const spec: AppSpec = {
    version: 1,
    name: title ?? labelFor(labels.join(", ")),
    entities,
    unsupported: [],
  }
  while (writeAppSpec(spec).length > longestSpec && dropLast(spec));
  return { spec, built: built.filter((each) => isKept(spec, each)) }
}

/** Names for a thing whose plural is not used yet; adds it to `used`. */
export function entityNames(
  spoken: string,
  used: Set<string>,
): Pick<Entity, "name" | "plural" | "label" | "labelPlural"> {
  const one = singular(spoken.slice(0, 36))
  const many = unusedIdentifier(plural(one), used)
  used.add(many)
  return {
    name: identifier(one) || "record",
    plural: many,
    label: labelFor(one),
    labelPlural: labelFor(plural(one)),
  }
}

interface Place {
  entity: Entity
  entities: Entity[]
}

function fieldsOf(
  draft: ThingDraft,
  place: Place & { sketch: Sketch },
): { field: Field; said: Token[] }[] {
  const used = new Set<string>()
  const drafts = draft.fields.length > 0 ? draft.fields : guessed(draft.name)
  const read = drafts
    .slice(0, mostFields)
    .map((each) => ({ field: fieldFrom(each, place, used), said: each.said }))
  for (const { child, parent, said } of place.sketch.belongs) {
    if (findThing(place.sketch, child) !== draft) continue
    const target = targetFor(parent, place)
    if (!target) continue
    const known = read.find(({ field }) => field.to === target.plural)
    if (known) known.said.push(...said)
    else read.push({ field: referenceTo(target, used), said })
  }
  if (read.some(({ field }) => naming.has(field.type))) return read
  const field = {
    name: unusedIdentifier("name", used),
    label: "Name",
    type: "text" as const,
    required: true,
  }
  return [{ field, said: [] }, ...read]
}

/** Fields that such things usually have. */
export function guessed(thing: string): FieldDraft[] {
  const names = (usualFields(thing) ?? "name, notes").split(", ")
  return names.map((words) => ({
    words,
    label: labelFor(words),
    type: typeOfName(wordsOf(words)),
    required: false,
    said: [],
  }))
}

export function fieldFrom(
  { words, said: _, ...rest }: FieldDraft,
  place: Place,
  used: Set<string>,
): Field {
  const target = ["text", "whole_number"].includes(rest.type) ? targetFor(words, place) : undefined
  const name = unusedIdentifier(words, used)
  used.add(name)
  if (!target) return { name, ...rest }
  return { name, label: rest.label, required: false, type: "reference", to: target.plural }
}

function referenceTo(target: Entity, used: Set<string>): Field {
  const name = unusedIdentifier(target.name, used)
  used.add(name)
  return { name, label: target.label, type: "reference", required: false, to: target.plural }
}

/** The other thing that a field's name is, "which" and the like aside. */
function targetFor(words: string, { entity, entities }: Place): Entity | undefined {
  const content = wordsOf(words).filter((word) => !isSmall(word))
  const name = singular(content.join(" "))
  return entities.find((each) => each !== entity && each.label.toLowerCase() === name)
}

function settle(entity: Entity): void {
  const [first] = entity.fields
  if (first?.type === "text") first.required = true
  const end = entity.fields.find(
    ({ type, name }) => type === "flag" && name.split("_").some((word) => closing.has(word)),
  )
  if (end) end.closes = true
  const offered = entity.fields.filter(({ type }) => chosen.has(type))
  entity.filters = offered.map(({ name }) => ({ field: name }))
}

/** Takes away the last field of the longest thing; false when nothing can go. */
function dropLast({ entities }: AppSpec): boolean {
  const longest = entities.reduce((one, other) =>
    other.fields.length > one.fields.length ? other : one,
  )
  const gone = longest.fields.length > 1 ? longest.fields.pop() : undefined
  if (!gone) return entities.length > 1 && entities.pop() !== undefined
  longest.filters = longest.filters.filter(({ field }) => field !== gone.name)
  return true
}

const isKept = ({ entities }: AppSpec, { entity, field }: Built) =>
  entities.includes(entity) && (field === undefined || entity.fields.includes(field))
