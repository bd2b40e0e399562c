/** Which noun a list of fields is about, by what the words around it say. */

import { isApp, isHolder, isKin, isOnePlace, nounOf } from "./head-noun.ts"
import { isKnown } from "./known-entities.ts"
import type { Noun } from "./noun-phrase.ts"
import type { Phrase } from "./phrases.ts"
import { isWhere, phrasesIn } from "./phrases.ts"
import type { Sketch } from "./sketch.ts"
import { findEntity } from "./sketch.ts"
import { isKeeping } from "./word-classes.ts"
import { isPlural } from "./words.ts"

export interface Head {
  noun: Noun
  /** how sure we are, from 0 to about 130 */
  weight: number
  /** "logs per vehicle": what each of them belongs to */
  owner?: string
}

/** The likeliest noun of a text that a list follows; undefined when none will do. */
export function headIn(text: string, sketch: Sketch, cue = ""): Head | undefined {
  const phrases = phrasesIn(text)
  const heads = phrases.flatMap((phrase, at): Head[] => {
    const noun = nounOf(phrase)
    if (!noun) return []
    const before = phrases[at - 1]
    const owner = before && isPer(phrase) && ties(before, phrase) && nounOf(before) !== undefined
    if (owner) return []
    const each = /^(?:each|every|per)$/.test(phrase.determiner)
    const place = isOnePlace(noun) && !each
    const role =
      roleAt(cue, { ...phrase, isSheet: sheets.test(phrase.text) }, text) ??
      (place ? 25 : roleOf(phrase, before, text))
    const somebody = role < 80 && isKin(noun.name) ? -45 : 0
    const aside = phrase.aside ? -25 : 0
    const announced = signs.test(cue) && isAnnounced(phrase) ? 20 : 0
    const nature = natureOf(phrase, noun, sketch) - (place ? 45 : 0)
    const weight = aside + role + nature + somebody + announced + at
    const next = phrases[at + 1]
    const own = next && isPer(next) && ties(phrase, next) ? nounOf(next)?.name : undefined
    return [{ noun, weight, ...(own ? { owner: own } : {}) }]
  })
  return best(heads)
}

export function best(heads: readonly Head[]): Head | undefined {
  return heads.reduce<Head | undefined>(
    (one, other) => (one && one.weight >= other.weight ? one : other),
    undefined,
  )
}

const signs = /^[:–—-]+$/

/** "I'd write up an inspection:" */
const isAnnounced = ({ after, determiner, verb }: Phrase) =>
  after === 0 && /^an?$/.test(determiner) && verb !== ""

const isPer = ({ determiner, preposition }: Phrase) =>
  determiner === "per" || (determiner === "each" && /^(?:for|of|per)$/.test(preposition))

/** "logs per vehicle": the one right behind the other */
const ties = ({ leads }: Phrase, { determiner, preposition }: Phrase) =>
  leads !== "" && leads === (determiner === "per" ? "per" : preposition)

/** "A report must" contain: it is the thing; "the gate keeper should" write down: it is not. */
function roleAt(
  cue: string,
  { after, determiner, acts, isSheet }: Phrase & { isSheet: boolean },
  text: string,
): number | undefined {
  const stands = after <= 1 || (acts !== "" && after <= 3 && modal.test(text))
  if (!stands) return undefined
  if (isHas.test(cue) || (isSheet && isWriting.test(cue))) return 105
  const actor = after === 0 || acts !== ""
  const writes = actor && isWriting.test(cue) && !/^(?:each|every)$/.test(determiner)
  return writes ? 10 : undefined
}

const isWriting =
  /^(?:record|write|note|log|enter|put|type|fill|jot|keep|store|track|save|list|add|capture|leave|provide|supply|submit|give)\b/
const sheets = /\b(?:sheet|report|form|record|card|log|book|register|list|diary|journal|entry)$/i
const modal =
  /\b(?:should|must|can|will|would|could|may|might|to|needs? to|has to|have to)(?: also| always| at least)?$/i

/** What part a phrase plays: named by "each", kept, stood at the end, merely mentioned. */
function roleOf(phrase: Phrase, before: Phrase | undefined, text: string): number {
  const { determiner, preposition, verb, acts, after } = phrase
  const last = after <= 1
  if (/^(?:each|every|per)$/.test(determiner)) return 100
  if (/^(?:an?|the)$/.test(determiner) && everyTime.test(text) && verb !== "") return 95
  const held = before !== undefined && isHolder(before)
  if (held && /^(?:of|about)$/.test(preposition)) return 80
  const tied = held && (last || !isApp(before))
  if (tied && /^(?:for|on|with|to)$/.test(preposition)) return 80
  if (acts && isWanted(text, phrase)) return 95
  if (acts && endsHaving.test(text) && after <= 5) return 85
  if (preposition !== "" && isWhere(phrase)) return 15
  if (/^(?:about|of|regarding)$/.test(preposition)) return 45
  // "For the members I'd need": the list is about what the sentence opens with
  if (preposition === "for") return !before && opensFor.test(text) ? 75 : 25
  if (preposition !== "") return 25
  if (isKeeping(verb) && !isAuxiliary.test(verb)) return 75
  // "they are my responsibility" says what something is like
  if (isBe.test(verb) && !/^an?$/.test(determiner) && !phrase.counted) return 30
  if (verb !== "") return 55 + (last ? 10 : 0)
  if (acts !== "") return isBe.test(acts) ? 50 : 25
  return last ? 70 : 45
}

const opensFor = /^(?:and |so |then )?for\b/i
const isHas = /^(?:has|have|gets?|contains?|includes?|says?|mentions?)\b/
const everyTime = /\b(?:whenever|every time|each time|any time|when(?= (?:i|we|an?|the)\b))/i
const isBe = /^(?:is|are|was|were|be|been|being)$/
const isAuxiliary = /^(?:ha\w+|g[eo]ts?|is|are|was|were|needs?|wants?)$/
const endsHaving =
  /\b(?:has|have|gets?|contains?|includes?|needs?|consists? of|comprises?|says?|shows?|states?|mentions?|(?:should|must|can|will|could|would|to|may) (?:have|contain|include|show|say|state|carry|hold|mention|get|be(?: \p{L}+){0,2})|is|are)(?: (?:the )?following(?: \p{L}+)?| these(?: \p{L}+)?)?\s*$/iu

/** "Race results is what I'm after" */
function isWanted(text: string, { text: own }: Phrase): boolean {
  const said = text.toLowerCase().split(own.toLowerCase()).at(-1) ?? ""
  return /^ (?:is|are) (?:what|all|the thing|everything)\b/.test(said)
}

/** What sort of thing it is, whatever its part. */
function natureOf(phrase: Phrase, noun: Noun, sketch: Sketch): number {
  const known = isKnown(noun.name) ? 8 : 0
  const met = findEntity(sketch, noun.name) ? 6 : 0
  const many = isPlural(phrase.text) || phrase.counted ? 8 : 0
  const container = noun.kind ? 12 : 0
  return known + met + many + container
}
