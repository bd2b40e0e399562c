/** Adding a kind of record to an app that exists, and finding the one that a wish speaks of. */
import type { AppSpec, Entity } from "../blueprints/index.ts"
import type { Change } from "./change-rules.ts"
import { entityNames, fitFields, fitSpec } from "./fit-spec.ts"
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
  const bare = text.replace(/\s*\(.*$/, "").replace(/\s+with\s.*$/i, "")
  const first = bare.split(/,| and /)[0] ?? ""
  if (/\b(?:to|for|on)\s+(?:the |each |every |my |all )?\w+$/i.test(bare) && !certain) return false
  const noun = readNoun(first)
  if (!noun || (!certain && !isThing(first, noun.name))) return false
  if (change.spec.entities.some((entity) => entity.name === identifier(noun.name))) return false
  const sketch = newSketch()
  readSeries(sketch, text, { frame: "strong" })
  if (sketch.entities.length === 0) return false
  for (const draft of fitSpec(sketch, []).entities) place(change, draft)
  return true
}

/** "add publishers": a plural that people keep records of, and no field by its sound. */
function isThing(spoken: string, name: string): boolean {
  return isPlural(spoken) && isKnown(name) && !looksLikeFieldItem(spoken)
}

function place({ spec, done }: Change, entity: Entity): void {
  if (spec.entities.length >= 8) return
  const used = new Set([...spec.entities.map((each) => each.plural), ...(spec.retiredTables ?? [])])
  const names = entityNames(entity.label, used)
  const made: Entity = { ...entity, ...names }
  const drafts = entity.fields.map(({ name: _, ...field }) => ({ words: field.label, ...field }))
  made.fields = fitFields(drafts, { entity: made, entities: [...spec.entities, made] })
  spec.entities.push(made)
  linkByName(spec, made)
  done.push(`There is a list of ${made.labelPlural.toLowerCase()} now.`)
}

/** A text field that has the new entity's name stays text: its values are data somebody typed. */
function linkByName(spec: AppSpec, made: Entity): void {
  const owner = spec.entities.find(
    (entity) =>
      entity !== made &&
      entity.fields.some((field) => field.name === made.name && field.type === "text"),
  )
  if (owner) return
  const first = spec.entities[0]
  if (!first || first === made || first.fields.length >= 30) return
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
