/** Clauses that tie one kind of record to another. */
import { isKnown } from "./known-entities.ts"
import { readNoun } from "./noun-phrase.ts"
import { readSeries } from "./read-series.ts"
import type { Sketch } from "./sketch.ts"
import { entityNamed, findEntity } from "./sketch.ts"

/** "tasks belong to a project", "each order is for a customer" */
export function readBelongs(sketch: Sketch, text: string): boolean {
  if (readLink(sketch, text)) return true
  const match = text.match(
    /^(?:(?:each|every|all|an?|the|one|any|my)\s+)?([\p{L} -]{2,30}?)\s+(?:can |should |must |will |always )*(?:belongs?(?: to)?|is (?:linked|assigned|connected|related|attached|tied) to|are (?:linked|assigned|connected|related|attached|tied) to|links? to|refers? to|(?:is|are) (?:for|from|by|part of)|is made by|are made by)\s+(?:exactly |only )?(?:an?|one|the|some|their|its|our|a single)?\s*(\p{L}[\p{L} -]{1,30}?)(?:,? (?:and|with)(?: also)? (?:has|have|with|records?|stores?|contains?|includes?|holds?|tracks?|lists?|keeps?|gets?|shows?|says)?\s*(.+))?$/iu,
  )
  if (!match?.[1] || !match[2]) return false
  const pronoun = /^(?:it|they|each|each one|which|that)$/i.test(match[1].trim())
  const child = pronoun ? sketch.current?.name : readNoun(match[1])?.name
  const parent = readNoun(match[2])?.name
  if (!child || !parent || child === parent) return false
  if (![child, parent].some((name) => findEntity(sketch, name) || isKnown(name))) return false
  for (const name of [parent, child])
    entityNamed(sketch, findEntity(sketch, name)?.spoken ?? name, true)
  sketch.relations.push([child, parent])
  const entity = findEntity(sketch, child)
  if (match[3] && entity) readSeries(sketch, match[3], { entity })
  return true
}

/** "grades link a student to an assignment, with points" */
function readLink(sketch: Sketch, text: string): boolean {
  const match = text.match(
    /^(?:each |every |an? |the )?(\p{L}[\p{L} -]{1,25}?) (?:links?|connects?|ties?|joins?|belongs? to|are for|is for|assigns?) (?:an?|the|one|each) (\p{L}+) (?:to|with|and) (?:an?|the|one|each) (\p{L}+)(?:,? (?:with|and has|and have|and) (.+))?$/iu,
  )
  const [, child, one, other, list] = match ?? []
  if (!child || !one || !other) return false
  for (const parent of [one, other])
    if (!findEntity(sketch, parent)) entityNamed(sketch, parent, isKnown(parent))
  const entity = entityNamed(sketch, readNoun(child)?.spoken ?? child, true)
  sketch.relations.push(
    [entity.name, findEntity(sketch, one)?.name ?? one],
    [entity.name, findEntity(sketch, other)?.name ?? other],
  )
  if (list) readSeries(sketch, list, { entity })
  return true
}
