/** Adding a kind of record to an app that exists. */

import { beyond } from "./beyond.ts"
import type { AppSpec, Entity } from "./blueprints/index.ts"
import type { Change } from "./change.ts"
import { findEntity, inWords, many, quoted } from "./change-find.ts"
import { entityNames, fitFields, fitSpec, referenceTo } from "./fit-spec.ts"
import { isKnown } from "./known-entities.ts"
import { splitItems } from "./lists.ts"
import { readNoun } from "./noun-phrase.ts"
import { readField } from "./read-field.ts"
import { addItem, looksLikeFieldItem } from "./read-items.ts"
import { readSeries } from "./read-series.ts"
import { type EntityDraft, newSketch, type Sketch } from "./sketch.ts"
import { isPlural, singular } from "./words.ts"

/** Adds the entities of "publishers with name and city"; false when the text names none. */
export function addEntities(
  change: Change,
  { text, certain }: { text: string; certain: boolean },
): boolean {
  const owned = ownerIn(text, change.spec)
  const list = (owned?.list ?? text).replace(/\s+(?:too|as well)(?=,|\s+(?:with|:)|$)/i, "")
  const described = describedIn(list, certain || owned !== undefined)
  const sketch = described ?? undescribed(list, { certain, spec: change.spec })
  if (!sketch) return false
  const known = sketch.entities.find(({ name }) => findEntity(name, change.spec))
  if (known) return knownAlready(change, known)
  for (const draft of fitSpec(sketch, []).entities) {
    if (change.spec.entities.length >= 8) {
      change.notDone.push(
        `An app keeps at most 8 kinds of records, so ${many(draft)} were not added.`,
      )
      continue
    }
    place(change, draft, owned?.entity)
  }
  return true
}

/** "magazines with name and issue number", "publishers: name, city", "an author (name, country)" */
function describedIn(list: string, certain: boolean): Sketch | undefined {
  const match = list.match(
    /^([\p{L}' -]+?)(?:\s*:\s*|,?\s+(?:each )?(?:with|having)(?: (?:their|its|the))?(?: (?:fields?|columns?))?:?\s+|,?\s+(?:that|which|who) (?:have|has)\s+|\s+\()([^()]+(?:\([^()]*\)[^()]*)*)\)?$/iu,
  )
  const [, spoken = "", items = ""] = match ?? []
  const bare = spoken.replace(
    /^(?:(?:an?|the|new|second|another|separate|list of|table of)\s+)+/i,
    "",
  )
  const fields = splitItems(items)
  const many = isPlural(bare)
  const noun = readNoun(bare)
  // a "reading log" beside the books is a list of its own
  const own = noun?.kind ? { name: singular(bare.toLowerCase()), spoken: bare } : noun
  if (!match || !own || fields.some((item) => / with /i.test(item)) || bare.split(/\s+/).length > 3)
    return undefined
  const like = fields.filter((item) => looksLikeFieldItem(item)).length
  const opened = list.slice(spoken.length).trimStart().startsWith("(")
  // "tags (red, green)" is a choice; "tags with name and colour" is a list
  const enough = certain ? fields.length > 0 : like > 0 && like * 2 >= fields.length
  if (
    !enough ||
    (!certain && opened && !many) ||
    (!certain && !many && fields.some((item) => !looksLikeFieldItem(item)))
  )
    return undefined
  if (!certain && !many && readField(bare)?.type !== "text") return undefined
  const sketch = newSketch()
  const draft: EntityDraft = {
    name: own.name,
    spoken: singular(own.spoken),
    fields: [],
    sure: true,
  }
  for (const item of fields) addItem(sketch, draft, item)
  sketch.entities.push(draft)
  return sketch
}

/** "publishers", "members and loans": known by their names, or called a list. */
function undescribed(
  list: string,
  { certain, spec }: { certain: boolean; spec: AppSpec },
): Sketch | undefined {
  const bare = list.replace(/\s*\(.*$/, "").replace(/\s+with\s.*$/i, "")
  const first = bare.split(/,| and /)[0] ?? ""
  if (/\b(?:to|for|on)\s+(?:the |each |every |my |all )?\w+$/i.test(bare) && !certain)
    return undefined
  const noun = readNoun(first)
  if (
    !noun ||
    (!certain && (/\d/.test(first) || !isThing(first, noun.name) || beyond(list).length > 0))
  )
    return undefined
  const sketch = newSketch()
  if (findEntity(noun.name, spec)) {
    if (certain)
      sketch.entities.push({ name: noun.name, spoken: noun.spoken, fields: [], sure: true })
    return certain ? sketch : undefined
  }
  readSeries(sketch, list, { frame: "strong" })
  if (sketch.entities.length === 0 && certain)
    sketch.entities.push({ name: noun.name, spoken: singular(noun.spoken), fields: [], sure: true })
  return sketch.entities.length > 0 ? sketch : undefined
}

function knownAlready({ spec, notDone }: Change, { name }: EntityDraft): boolean {
  const there = findEntity(name, spec)
  if (there)
    notDone.push(
      `The app keeps ${many(there)} already; “add notes to ${many(there)}” adds to what is noted about them.`,
    )
  return true
}

/** "tasks that belong to a project", "tasks to projects": each of the new ones has an owner. */
function ownerIn(text: string, spec: AppSpec): { list: string; entity: Entity } | undefined {
  const match = text.match(
    /^(.+?)\s+(?:(?:that|which)\s+)?(?:belong(?:s|ing)? to|per|of|under|to|for|in)\s+(?:an?|the|each|every|one|my|our)?\s*([\p{L} ]+?)((?:\s+with|\s*:|,\s+with)\s.+)?$/iu,
  )
  const entity = match?.[2] ? findEntity(match[2], spec) : undefined
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

function place({ spec, done }: Change, entity: Entity, owner: Entity | undefined): void {
  const used = new Set([...spec.entities.map((each) => each.plural), ...(spec.retiredTables ?? [])])
  const made: Entity = { ...entity, ...entityNames(entity.label, used) }
  const drafts = entity.fields.map(({ name: _, ...field }) => ({ words: field.label, ...field }))
  made.fields = fitFields(drafts, { entity: made, entities: [...spec.entities, made] })
  for (const { name, type } of made.fields) {
    const chosen = ["flag", "choice", "reference"].includes(type)
    if (chosen && !made.filters.some(({ field }) => field === name))
      made.filters.push({ field: name })
  }
  spec.entities.push(made)
  if (owner) pointAt(made, owner)
  done.push(
    `Adds a list of ${many(made)} with ${inWords(made.fields.map(({ label }) => quoted(label)))}.`,
  )
}
