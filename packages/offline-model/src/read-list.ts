/** Clauses that carry a list of fields: what the list is about is found by evidence. */
import { enumerationIn } from "./enumeration.ts"
import { best, type Head, headIn } from "./heads.ts"
import { splitItems } from "./lists.ts"
import { readNoun } from "./noun-phrase.ts"
import { readField } from "./read-field.ts"
import { readBelongs } from "./read-relations.ts"
import { readSeries } from "./read-series.ts"
import type { EntityDraft, Sketch } from "./sketch.ts"
import { entityNamed, findEntity } from "./sketch.ts"
import { isPlural, plural, singular } from "./words.ts"

/** Takes a clause with three or more fields; false when it has none. */
export function readList(sketch: Sketch, clause: string): boolean {
  const found = enumerationIn(clause)
  if (!found) return false
  const { before, cue } = found
  if (readBelongs(sketch, before) && sketch.current) {
    return readSeries(sketch, found.list, { entity: sketch.current })
  }
  const { head, list } = ofSomebody(found.list, headIn(before, sketch, cue), sketch)
  const entity = aboutWhat(sketch, { before, list, head, atSign: signs.test(cue) })
  if (!entity) return false
  readSeries(sketch, list, { entity, described: true })
  return true
}

interface Listed {
  before: string
  list: string
  head: Head | undefined
  /** a colon or dash stands between them */
  atSign?: boolean
}

const signs = /^[:–—-]+$/

const sure = 60
const likely = 40
const possible = 32

/** The entity a list describes: named before it, spoken of earlier or later, or known by its fields. */
export function aboutWhat(
  sketch: Sketch,
  { before, list, head, atSign }: Listed,
): EntityDraft | undefined {
  const { current } = sketch
  const kept = current && (current.sure || current.fields.length > 0)
  if (head && kept && generic.test(head.noun.name) && !isPlural(head.noun.spoken))
    return entityNamed(sketch, current.name, true)
  const usual = keptIn(before)
  if (usual) return entityNamed(sketch, usual, true)
  if (head && head.weight >= (atSign ? likely : sure)) return begun(sketch, head)
  const heading = headingBefore(sketch)
  if (!head && heading) return begun(sketch, heading)
  const goesOn = current && current.fields.length > 0 && (!head || head.weight < likely)
  if (goesOn) return entityNamed(sketch, current.name, true)
  const meant = best([...(head ? [head] : []), ...around(sketch, list)])
  if (meant && meant.weight >= possible) return begun(sketch, meant)
  const noun = byFields(list, before)
  return noun && before.length < 200 ? entityNamed(sketch, noun, true) : undefined
}

/** "QUOTES" on a line of its own */
function headingBefore(sketch: Sketch): Head | undefined {
  const last = sketch.said.at(-1) ?? ""
  const short = last.split(" ").length <= 3 && isPlural(last)
  const head = short ? headIn(last, sketch) : undefined
  return head && head.weight >= likely ? head : undefined
}

/** "each entry", "every sighting": one of what was spoken of before */
const generic = /^(?:entry|record|row|sighting|observation|line)$/

function begun(sketch: Sketch, { noun, owner }: Head): EntityDraft {
  const entity = entityNamed(sketch, noun.spoken, true)
  const parent = owner && findEntity(sketch, owner)
  if (parent && parent !== entity) sketch.relations.push([entity.name, parent.name])
  else if (noun.tail) sketch.leftovers.push(noun.tail)
  return entity
}

/** What the text speaks of elsewhere; the nearest first, and what a field is named after. */
function around(sketch: Sketch, list: string): Head[] {
  const named = singular(splitItems(list)[0]?.toLowerCase().match(nameOf)?.[1] ?? "")
  const text = [...sketch.said, ...sketch.ahead].join(" ").toLowerCase()
  const near = (heads: (Head | undefined)[], step: number): Head[] =>
    heads.flatMap((head, distance) => {
      if (!head) return []
      const { name } = head.noun
      const last = name.split(" ").at(-1) ?? name
      const again = text.split(last).length > 2 ? 12 : 0
      const own = named !== "" && (name === named || name.endsWith(` ${named}`)) ? 40 : 0
      return [{ ...head, weight: head.weight + again + own - step * (distance + 1) }]
    })
  const past = [...sketch.said].reverse().slice(0, 6)
  return [
    ...(selfNamed(text, named) ?? []),
    ...(past.some((clause) => spending.test(clause)) ? [expense] : []),
    ...near(
      past.map((clause) => headIn(clause, sketch)),
      6,
    ),
    ...near(
      sketch.ahead.slice(0, 3).map((clause) => headIn(clause, sketch)),
      14,
    ),
  ]
}

/** "I keep forgetting npcs. npc name, race, …" */
function selfNamed(text: string, named: string): Head[] | undefined {
  if (named === "" || !text.split(/[^\p{L}\p{N}]+/u).includes(plural(named))) return undefined
  return [{ noun: { name: named, spoken: named, tail: "", kind: false }, weight: 75 }]
}

/** "what I spend on my car" */
const spending = /\b(?:i|we|you|they)(?: \p{L}+)? spen[dt]\b/iu
const expense: Head = {
  noun: { name: "expense", spoken: "expense", tail: "", kind: false },
  weight: 80,
}

const nameOf = /^(?:the )?(.{3,20}?)(?: (?:name|no|number|title|id|code))?$/

/** "my pupils' names, dates of birth": fields of a pupil. */
function ofSomebody(list: string, head: Head | undefined, sketch: Sketch): Omit<Listed, "before"> {
  const [found, owner, rest] =
    list.match(/^(?:my|our|each|every|all) (\p{L}+(?: \p{L}+)?)(?:'s|(?<=s)') (.+)$/su) ?? []
  const noun = owner ? readNoun(owner) : undefined
  if (!found || !noun || !rest || (head && head.weight >= 80)) return { list, head }
  const own = headIn(`each ${owner}`, sketch)
  return { list: rest, head: own ?? { noun, weight: 90 } }
}

/** A list that nothing else speaks of: what costs is an expense, what is dated an entry. */
function byFields(list: string, before: string): string | undefined {
  const types = splitItems(list).map((item) => readField(item)?.type)
  const typed = types.filter((type) => type && type !== "text").length
  if (typed < (toKeep.test(before) ? 1 : 2)) return undefined
  if (/\b(?:inventory|stock)\b/i.test(before)) return "item"
  return types.includes("money") &&
    /\b(?:pa(?:y|id)|price|cost|spen[dt]|owe|fee|bill|money)/i.test(list)
    ? "expense"
    : "entry"
}

function keptIn(before: string): string | undefined {
  const place = before.replace(/[:\s]+$/, "")
  return Object.entries(keptAt).find(([name]) =>
    new RegExp(`\\bfor (?:my|our|the|an?) (?:\\p{L}+ )?${name}$`, "iu").test(place),
  )?.[1]
}

/** what a place keeps its lists of, where the text does not say */
const keptAt: Record<string, string> = {
  nursery: "plant",
  "garden cent(?:re|er)": "plant",
  library: "book",
  bookshop: "book",
  cellar: "bottle",
  museum: "exhibit",
  gallery: "artwork",
  shelter: "animal",
  "stables?": "horse",
  "kennels?": "dog",
  dealership: "car",
  marina: "boat",
}

const toKeep = /\b(?:app|list|save|keep|track|record|log|write down|note|store)\b/i
