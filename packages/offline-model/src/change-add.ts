/** Adding fields to an app that exists. */

import { beyond, isPicture, pictureLimit } from "./beyond.ts"
import type { Entity, Field } from "./blueprints/index.ts"
import type { Change } from "./change.ts"
import { placeField } from "./change-columns.ts"
import { entityIn, findEntity, introduced, inWords, many, quoted } from "./change-find.ts"
import { isFieldName, typeWasSaid } from "./change-guard.ts"
import { shortened } from "./change-limits.ts"
import { tie } from "./change-relations.ts"
import { changeChoices, reshape } from "./change-shape.ts"
import { splitItems } from "./lists.ts"
import type { FieldDraft } from "./read-field.ts"
import { addItem } from "./read-items.ts"
import { markMeant } from "./read-wishes.ts"
import { newSketch } from "./sketch.ts"
import { identifier, isPlural, labelFor } from "./words.ts"

const prepositions = /\s+(?:to|for|on|in|of|onto)\s+/giu
const tails = /\s+(?:too|as well|please)$/i

const announced =
  /^(?:(?:an?|the|new|another|extra|optional|more|some|two|three|four|five|six|\d)\s+)*(?:fields?|columns?|property|properties|attributes?)(?: (?:for|called|named|with|to (?:store|record|note|track|hold)))?:?\s+/i

/** @returns the entity that the fields were added to, when one is meant at all */
export function addFields(
  change: Change,
  { text, whole }: { text: string; whole: string },
): Entity | undefined {
  const owner = ownerOf(change, text, whole)
  if (!owner) return undefined
  const { entity, list } = owner
  const bare = list.replace(announced, "")
  const loose = weakVerb.test(whole) && bare === list
  const before = entity.fields.length
  const items = splitItems(asChoice(bare))
  for (const item of items)
    addOne(change, { item: item.replace(around, ""), entity, loose, alone: items.length === 1 })
  const added = entity.fields.slice(before)
  if (added.length > 0)
    change.done.push(`Adds ${inWords(added.map(introduced))} to ${many(entity)}.`)
  return entity
}

const around = /^(?:(?:one|another) )?for (?:the )?|\s+(?:too|as well|also|please)$/gi

const weakVerb =
  /^(?:i |we |i'd |to |see|know|create|have|put|show|save|keep|note|introduce|there )/i

interface Item {
  item: string
  entity: Entity
  loose: boolean
  /** the only thing asked for */
  alone: boolean
}

function addOne(change: Change, { item, entity, loose, alone }: Item): void {
  const { spec, notDone } = change
  const other = findEntity(item, spec)
  if (other && other !== entity && isPlural(item) && alone) {
    tie(change, { of: item, to: entity.label })
    return
  }
  const sketch = newSketch()
  const draft = { name: entity.name, spoken: entity.label, fields: [], sure: true }
  addItem(sketch, draft, withType(item))
  const fields: FieldDraft[] = draft.fields
  const field = fields[0]
  const limits = beyond(loose ? item : sketch.leftovers.join(" . "))
  const picture = field !== undefined && isPicture(item)
  if (
    !field ||
    (!picture && !isFieldName(field, { said: item, loose })) ||
    (loose && !picture && limits.length > 0)
  ) {
    notDone.push(...(limits.length > 0 ? limits : [notAField(item, entity)]))
    return
  }
  if (picture) notDone.push(pictureLimit)
  const there = entity.fields.find((each) => each.name === identifier(field.words))
  if (there) again(change, { entity, there, field })
  else if (entity.fields.length >= 40)
    notDone.push(`${entity.labelPlural} have 40 fields, which is the most there can be.`)
  else placeField(spec, entity, field)
}

/** "author as a number" → "author (number)" */
function withType(item: string): string {
  // "a link to goodreads" is the goodreads link of each record
  const linked = item.replace(
    /^(?:an? |the )?(?:link|url) to (?:the |its |their )?(\p{L}+(?: \p{L}+)?)$/iu,
    "$1 link",
  )
  return linked.replace(
    /\s+(?:as|which is|that is|being|of type)(?: (?:an?|the))? ((?:whole |decimal |long |multi-?line )?(?:number|text|date|decimal|money|price|link|url|flag|check ?box|rating|e-?mail|phone(?: number)?|yes\/no|integer|time)(?: field)?)$/i,
    " ($1)",
  )
}

/** What is there already gets the type or the choices that were asked for with it. */
function again(
  change: Change,
  { entity, there, field }: { entity: Entity; there: Field; field: FieldDraft },
): void {
  if (field.type === "choice" && there.type === "choice" && typeWasSaid(field))
    changeChoices(change, { values: (field.choices ?? []).join(", "), field: there.label })
  else if (field.type !== there.type && typeWasSaid(field) && field.type !== "reference")
    reshape(change, { entity, field: there }, field)
  else change.notDone.push(`${entity.labelPlural} have ${quoted(there.label)} already.`)
}

function notAField(item: string, entity: Entity): string {
  return `I could not read “${shortened(item)}” as something to note about ${many(entity)}.`
}

/** "a genre dropdown with fiction, poetry" → "genre (fiction, poetry)" */
function asChoice(text: string): string {
  const chooser =
    "(?:drop-?down|select|selector|picker|choice|menu|radio|single choice|multiple choice)"
  const lists = "(?:options?|choices|values)"
  return text
    .replace(
      new RegExp(
        `^(?:an? |the )?(.+?)(?: as an?)? ${chooser}(?: (?:field|menu|list|box|buttons?))?(?: (?:with|of|between|from|offering|having|containing)|:)(?: (?:the )?${lists})?:? +(.+)$`,
        "i",
      ),
      "$1 ($2)",
    )
    .replace(
      new RegExp(
        `^(?:an? |the )?${chooser}(?: (?:field|menu|list|box))? (?:for|called|named) (?:the )?(.+?) (?:with|of|between|from)(?: (?:the )?${lists})?:? +(.+)$`,
        "i",
      ),
      "$1 ($2)",
    )
    .replace(
      new RegExp(`^(?:an? |the )?([\\p{L} ]+?),? with (?:the )?${lists}:? +(.+)$`, "iu"),
      "$1 ($2)",
    )
    .replace(
      /^((?:an? |the )?(?:genre|categor(?:y|ie)|type|kind|statu|format|condition|prioritie?|priority|level|size|season|state|stage|colou?r)e?s?)(?::| (?:with|of|from|between|as)) ((?:[^,]+, )+.+|\S+ (?:and|or) \S+|[^ /]+(?:\/[^ /]+)+)$/i,
      "$1 ($2)",
    )
    .replace(/\(([^()]*?),?\s+(?:and|or)\s+([^(),]+)\)$/i, "($1, $2)")
}

/** Where a new field goes, and what is left of the list without that mention. */
function ownerOf(
  { spec, about }: Change,
  text: string,
  whole: string,
): { entity: Entity; list: string } | undefined {
  const bare = text.replace(tails, "")
  for (const found of bare.matchAll(prepositions)) {
    const said = bare.slice(found.index + found[0].length)
    const list = bare.slice(0, found.index)
    const entity =
      findEntity(said, spec) ?? (pronouns.test(said) ? (about ?? spec.entities[0]) : undefined)
    if (entity) return { entity, list }
  }
  // "give books tags", "the owner's address"
  const first = text.match(/^(?:the |my |our |each |every )?(\p{L}+)('s|')? (?=\p{L})/iu)
  const says = /^give /i.test(whole) || first?.[2] !== undefined
  const given = says && first?.[1] ? findEntity(first[1], spec) : undefined
  if (given && first) return { entity: given, list: text.slice(first[0].length) }
  const list = text
  const entity = entityIn(whole.slice(0, whole.indexOf(text)), spec) ?? about ?? spec.entities[0]
  return entity && { entity, list }
}

const pronouns =
  /^(?:it|them|each|every one|(?:the |my |our )?(?:app|list|records?|entries|form)|each (?:one|entry|record|item))$/i

/** "I want to mark books as lent" adds a flag; false when nothing is to be marked. */
export function addFlagLike(change: Change, whole: string): boolean {
  const words = markMeant(whole)
  const entity = words ? (entityIn(whole, change.spec) ?? change.spec.entities[0]) : undefined
  if (!words || !entity) return false
  if (entity.fields.some((field) => field.name === identifier(words))) return false
  placeField(change.spec, entity, { words, label: labelFor(words), type: "flag", required: false })
  change.done.push(`Adds “${words}” to ${many(entity)}, to mark them with.`)
  return true
}
