/** What has been understood so far, before names are fitted and defaults filled in. */
import type { FieldDraft } from "./read-field.ts"
import { identifier, singular } from "./words.ts"

export interface EntityDraft {
  /** lower case, singular, words apart: "job application" */
  name: string
  spoken: string
  fields: FieldDraft[]
  /** how sure we are that this is meant: a frame or fields around it */
  sure: boolean
  /** spoken of in the plural: one of something with nothing to note about it is rarely meant */
  many?: boolean
  /** where it was first spoken of */
  clause?: string
}

export interface Sketch {
  /** the app's name, when the text gives one */
  title: string | undefined
  entities: EntityDraft[]
  /** the entity spoken of last */
  current: EntityDraft | undefined
  /** [the many, the one]: each task belongs to a project */
  relations: [string, string][]
  /** clauses that ask for something to do with the records */
  wishes: string[]
  /** the clauses before the one that is read, and the sentences after it */
  said: string[]
  ahead: string[]
  /** what could not be placed; searched for what is beyond us */
  leftovers: string[]
  /** what the text is known to keep, though it may not have been read yet */
  linkable: readonly string[]
  /** sentences about what was asked and is not built */
  notes: string[]
}

export function newSketch(): Sketch {
  return {
    title: undefined,
    entities: [],
    current: undefined,
    relations: [],
    wishes: [],
    said: [],
    ahead: [],
    leftovers: [],
    linkable: [],
    notes: [],
  }
}

/** The entity of that name, made when it is new. */
export function entityNamed(sketch: Sketch, spoken: string, sure: boolean): EntityDraft {
  const name = singular(spoken.toLowerCase().trim())
  const known = findEntity(sketch, name)
  if (known) calledShorter(sketch, known, name)
  const entity = known ?? { name, spoken: singular(spoken.trim()), fields: [], sure }
  if (!known) sketch.entities.push(entity)
  entity.sure ||= sure
  sketch.current = entity
  return entity
}

/** "Church hall bookings. … Bookings: date, room": what has the fields has the say. */
function calledShorter(sketch: Sketch, entity: EntityDraft, name: string): void {
  // "application" alone is a word for the app
  if (entity.fields.length > 0 || !entity.name.endsWith(` ${name}`) || name === "application")
    return
  for (const pair of sketch.relations) {
    if (pair[0] === entity.name) pair[0] = name
    if (pair[1] === entity.name) pair[1] = name
  }
  entity.name = name
  entity.spoken = entity.spoken.split(/\s+/).slice(-name.split(" ").length).join(" ")
}

/** By name, or by its last word when only one entity ends in it ("tasks" for "project task"). */
export function findEntity(sketch: Sketch, spoken: string): EntityDraft | undefined {
  const name = singular(spoken.toLowerCase().trim())
  const exact = sketch.entities.find(
    (each) => each.name === name || identifier(each.name) === identifier(name),
  )
  if (exact) return exact
  const ending = sketch.entities.filter(
    (each) => each.name.endsWith(` ${name}`) || name.endsWith(` ${each.name}`),
  )
  return ending.length === 1 ? ending[0] : undefined
}

export function addFields(entity: EntityDraft, fields: FieldDraft[]): void {
  for (const field of fields) {
    const at = entity.fields.findIndex((each) => identifier(each.words) === identifier(field.words))
    if (at < 0) entity.fields.push(field)
    else if (entity.fields[at]?.type === "text" || field.choices) entity.fields[at] = field
  }
}
