/** Which noun a list of fields is about, by what the words around it say. */
import { isKnown } from "./known-entities.ts"
import type { Noun } from "./noun-phrase.ts"
import { isPlace, readNoun } from "./noun-phrase.ts"
import type { Phrase } from "./phrases.ts"
import { isKeeping, isWhere, phrasesIn } from "./phrases.ts"
import type { Sketch } from "./sketch.ts"
import { findEntity } from "./sketch.ts"
import { isPlural, lastWord, singular } from "./words.ts"

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
    const owner = before && isPer(phrase) && ties(before) && nounOf(before) !== undefined
    if (owner) return []
    const has = phrase.after <= 1 && isHas.test(cue)
    const role = has ? 105 : roleOf(phrase, before, text)
    const somebody = role < 80 && kin.test(noun.name) ? -45 : 0
    const weight = role + natureOf(phrase, noun, sketch) + somebody + at
    const next = phrases[at + 1]
    const own = next && isPer(next) && ties(phrase) ? nounOf(next)?.name : undefined
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

const isPer = ({ determiner, preposition }: Phrase) =>
  determiner === "per" || (determiner === "each" && /^(?:for|of|per)$/.test(preposition))

const ties = ({ leads, after }: Phrase) => leads || after > 0

/** What part a phrase plays: named by "each", kept, stood at the end, merely mentioned. */
function roleOf(phrase: Phrase, before: Phrase | undefined, text: string): number {
  const { determiner, preposition, verb, acts, after } = phrase
  const last = after <= 1
  if (/^(?:each|every|per)$/.test(determiner)) return 100
  if (/^(?:an?|the)$/.test(determiner) && everyTime.test(text) && verb !== "") return 95
  const held = before !== undefined && isHolder(before)
  if (held && /^(?:of|about)$/.test(preposition)) return 80
  const tied = held && (last || !apps.test(lastWord(before.text)))
  if (tied && /^(?:for|on|with|to)$/.test(preposition)) return 80
  if (acts && isWanted(text, phrase)) return 95
  if (acts && last) return 85
  if (acts && endsHaving.test(text) && after <= 4) return 85
  if (preposition !== "" && isWhere(phrase)) return 15
  if (/^(?:about|of|regarding)$/.test(preposition)) return 45
  // "For the members I'd need": the list is about what the sentence opens with
  if (preposition === "for") return !before && opensFor.test(text) ? 75 : 25
  if (preposition !== "") return 25
  if (isKeeping(verb) && !isAuxiliary.test(verb)) return 75
  if (verb !== "") return 55 + (last ? 10 : 0)
  if (acts) return 25
  return last ? 70 : 45
}

const opensFor = /^(?:and |so |then )?for\b/i
const isHas = /^(?:has|have|gets?|contains?|includes?|says?|mentions?)\b/
const everyTime = /\b(?:whenever|every time|each time|any time|when(?= (?:i|we|an?|the)\b))/i
const isAuxiliary = /^(?:ha\w+|g[eo]ts?|is|are|was|were|needs?|wants?)$/
const endsHaving =
  /\b(?:has|have|gets?|contains?|includes?|needs?|consists? of|comprises?|says?|shows?|states?|mentions?|(?:should|must|can|will|could|would|to|may) (?:be )?\p{L}+|is|are)(?: (?:the )?following(?: \p{L}+)?| these(?: \p{L}+)?)?\s*$/iu

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
  const place = isPlace(phrase.text) && !isPlural(phrase.text) ? -45 : 0
  return known + met + many + container + place
}

const kin =
  /\b(?:mum|mom|mother|dad|father|wife|husband|partner|son|daughter|brother|sister|gran|grandma|grandpa|granddad|grandad|grandmother|grandfather|friend|boss|nan|aunt|uncle|boyfriend|girlfriend|flatmate|roommate|sibling|doctor|secretary|family|kid|teenager|troop|crew|law)$/

const holders =
  /^(?:list|log|log ?book|diary|journal|register|registry|records?|catalog(?:ue)?|collection|inventory|directory|overview|history|archive|index|library|table|database|db|spreadsheet|sheet|notebook|book|chart|ledger|file|tracker|track|place|app|page|tool|data|information|info|details|way|rota|schedule|calendar|columns?|fields?|stock|number|kind|type|sort|eye|entry|entries)$/i

const apps = /^(?:app|page|tool|place|way|data|information|info)$/i
const isHolder = (phrase: Phrase) => holders.test(lastWord(phrase.text)) && !nounOf(phrase)

const empty =
  /^(?:stock|\p{L}*thing|stuff|law|idea|order|hand|head|heart|trouble|fun|message|bit|lot|job of|use|case|need|rest|end|start|paper|excel|mess|life|work|school|home|money|purpose|sake|point|fact|addition|total|past|future|losing track|track|columns?|fields?|excel|required|name|names)$/iu

/** The noun of a phrase with words for containers and places taken off. */
function nounOf(phrase: Phrase): Noun | undefined {
  const words = owned(phrase.text).split(" ")
  const place = words.findIndex((word, at) => at < words.length - 1 && whose.test(word))
  const behind = place < 0 ? words : words.slice(place + 1)
  const holder = behind.findIndex((word, at) => at > 0 && holders.test(word))
  const kept = holder < 0 ? behind : behind.slice(0, holder + 1)
  const text = kept.join(" ")
  const said = /^(?:each|every|per|my|our)$/.test(phrase.determiner) || isPlural(text)
  const bare = kept.length === 1 && holders.test(text) && !isPlural(text)
  if (empty.test(text) || (bare && (!isKnown(text.toLowerCase()) || (phrase.leads && !said))))
    return undefined
  const looks = kept.length > 1 && holders.test(kept.at(-1) ?? "") && manner.test(kept.at(-2) ?? "")
  return looks ? undefined : (readNoun(text) ?? readNoun(lastWord(text)))
}

/** "our players' details" are players, "the choir's sheet music" is sheet music. */
function owned(text: string): string {
  const [, owner = text, own = ""] = text.match(/^(.*)(?:'s|(?<=s)') (.+)$/) ?? []
  const kept = own === "" || aspects.test(own) ? owner : own
  const [first = "", ...more] = kept.replace(/'s?$/, "").split(" ")
  const words =
    more.length > 0 && isPlural(first) && kin.test(singular(first)) ? more : [first, ...more]
  return (words.length > 1 && aspects.test(words.at(-1) ?? "") ? words.slice(0, -1) : words).join(
    " ",
  )
}

const whose = /^(?:shop|store|salon|studio|clinic|bakery|club|company|business|firm|surgery)$/i
const aspects = /^(?:details|info|information|data|names?)$/i

/** "one messy spreadsheet" */
const manner =
  /^(?:messy|google|excel|paper|handwritten|tatty|shared|digital|online|electronic|proper|written|single|separate|second|master|full|complete|official|central|simple|small|little)$/i
