/** Adding a kind of record to an app that exists, and finding the one that a wish speaks of. */
import type { AppSpec, Entity } from "../blueprints/index.ts"
import type { Change } from "./change.ts"
import { entityNames, fitFields, fitSpec, referenceTo } from "./fit-spec.ts"
import { isKnown } from "./known-entities.ts"
import { readNoun } from "./noun-phrase.ts"
import { looksLikeFieldItem } from "./read-items.ts"
import { readSeries } from "./read-series.ts"
import { newSketch } from "./sketch.ts"
import { identifier, isPlural, singular } from "./words.ts"

/** Adds the entities of "publishers with name and city"; false when the text names none. */
export function addEntities(
  change: Change,
  { text, certain }: { text: string; certain: boolean },
): boolean {
  const owned = ownerIn(text, change.spec)
  const list = owned?.list ?? text
  const bare = list.replace(/\s*\(.*$/, "").replace(/\s+with\s.*$/i, "")
  const first = bare.split(/,| and /)[0] ?? ""
  if (/\b(?:to|for|on)\s+(?:the |each |every |my |all )?\w+$/i.test(bare) && !certain) return false
  const noun = readNoun(first)
  if (!noun || (!certain && !isThing(first, noun.name))) return false
  if (change.spec.entities.some((entity) => entity.name === identifier(noun.name))) return false
  const sketch = newSketch()
  readSeries(sketch, list, { frame: "strong" })
  if (sketch.entities.length === 0) return false
  for (const draft of fitSpec(sketch, []).entities) {
    const made = place(change, draft)
    if (made && owned) pointAt(made, owned.entity)
  }
  return true
}

/** "tasks that belong to a project", "tasks to projects": each of the new ones has an owner. */
function ownerIn(text: string, spec: AppSpec): { list: string; entity: Entity } | undefined {
  const match = text.match(
    /^(.+?)\s+(?:(?:that|which)\s+)?(?:belong(?:s|ing)? to|per|of|under|to|for|in)\s+(?:an?|the|each|every|one)?\s*([\p{L} ]+?)(\s+with\s.+)?$/iu,
  )
  const entity = match?.[2] ? entityIn(match[2], spec) : undefined
  return entity && match ? { list: `${match[1]}${match[3] ?? ""}`, entity } : undefined
}

function pointAt(made: Entity, owner: Entity): void {
  if (made.fields.some((field) => field.to === owner.plural)) return
  const used = new Set(made.fields.map((field) => field.name))
  made.fields.splice(1, 0, referenceTo(owner, used))
  made.filters.push({ field: made.fields[1]?.name ?? owner.name })
}

/** "add publishers": a plural that people keep records of, and no field by its sound. */
function isThing(spoken: string, name: string): boolean {
  return isPlural(spoken) && isKnown(name) && !looksLikeFieldItem(spoken)
}

function place({ spec, done }: Change, entity: Entity): Entity | undefined {
  if (spec.entities.length >= 8) return undefined
  const used = new Set([...spec.entities.map((each) => each.plural), ...(spec.retiredTables ?? [])])
  const made: Entity = { ...entity, ...entityNames(entity.label, used) }
  const drafts = entity.fields.map(({ name: _, ...field }) => ({ words: field.label, ...field }))
  made.fields = fitFields(drafts, { entity: made, entities: [...spec.entities, made] })
  spec.entities.push(made)
  done.push(`There is a list of ${made.labelPlural.toLowerCase()} now.`)
  return made
}

/** The entity a phrase names, by its words; undefined when it names none. */
export function entityIn(text: string, spec: AppSpec): Entity | undefined {
  const words = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `
  return spec.entities.find((entity) =>
    [entity.labelPlural, entity.label, singular(entity.label)].some((name) =>
      words.includes(` ${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `),
    ),
  )
}
