/** Clauses that say what is kept: "books with title and author", "each plant has a name". */
import { headIn } from "./heads.ts"
import { isKnown } from "./known-entities.ts"
import { splitItems } from "./lists.ts"
import { isPlace, readNoun, stripLead } from "./noun-phrase.ts"
import { addItem, looksLikeFieldItem } from "./read-items.ts"
import { aboutWhat, readList } from "./read-list.ts"
import { readBelongs } from "./read-relations.ts"
import { readSeries } from "./read-series.ts"
import type { EntityDraft, Sketch } from "./sketch.ts"
import { entityNamed, findEntity } from "./sketch.ts"
import { isPlural, singular } from "./words.ts"

type Reader = (sketch: Sketch, clause: string) => boolean

/** Adds what a clause and the bullets below it say; false when it declares nothing. */
export function readDeclaration(sketch: Sketch, clause: string, items: string[] = []): boolean {
  const text = clause.replace(/:\s*$/, "").trim()
  const before = sketch.current
  const understood = readers.some((read) => read(sketch, text))
  if (items.length === 0) return understood
  const target = understood
    ? sketch.current
    : (before ??
      aboutWhat(sketch, {
        before: text,
        list: items.join(", "),
        head: headIn(text, sketch),
        atSign: true,
      }))
  if (!target) return understood
  for (const item of items) addItem(sketch, target, item)
  target.sure = true
  return true
}

const has = `(?:also )?(?:(?:should|must|can|could|will|would|may|might|needs? to|has to|have to) (?:also )?(?:have|has|contain|include|show|store|keep|record|hold|get|be described by|consist of|come with|track|save|record|note|list|mention|state)|has|have|having|got|needs?|contains?|includes?|consists? of|comes? with|is (?:described|defined) by|are described by|gets?|stores?|holds?|wants?|says|shows|records|tracks|notes|keeps|lists|covers)`

const pronoun =
  /^(?:it|they|each(?: one)?|them|one|of them|each of them|every one|entry|entries|records?|rows?|each entry|each record|each row|sightings?|observations?)$/i

/** "each book has a title", "clients have a name", "it should have notes" */
const readHas: Reader = (sketch, text) => {
  const match = text.match(
    new RegExp(
      String.raw`^(?:(?:and|so|then|also|where|in which|here|basically)\s+)?(?:(?:each|every|all|for each|for every|per|an?|the|one|any|my|our|these|those)\s+)?(?:single )?([\p{L}][\p{L}' -]{0,40}?)\s+${has}\s+(?:the )?(?:following(?: fields| information| attributes| properties| columns)?\s*:?\s*|these(?: fields)?:?\s*|fields?(?: for| called| named)?:?\s*|columns?:?\s*)?:?\s*(.+)$`,
      "iu",
    ),
  )
  if (
    !match?.[1] ||
    !match[2] ||
    /^(?:(?:which|what|no|been|to)\b|(?:an? )?(?:small |simple )?(?:place|app|way|tool|page|list|system|register|database|home)\b)/i.test(
      match[2],
    )
  )
    return false
  if (
    /^(?:i|we|you|he|she|app|apps|application|website|site|page|tool|system|that|which|who|someone|users?|people|list|there)$/i.test(
      match[1],
    ) &&
    !/^(?:it|they|each)$/i.test(match[1])
  )
    return false
  const own = pronoun.test(match[1])
  const target = own && sketch.current ? sketch.current : namedBefore(sketch, match[1], text)
  if (!target) return false
  readParts(sketch, target, match[2])
  return true
}

function namedBefore(sketch: Sketch, spoken: string, text: string): EntityDraft | undefined {
  const known = findEntity(sketch, spoken)
  if (known) return entityNamed(sketch, spoken, known.sure)
  const quantified = /^(?:each|every|all|for each|for every|an?|any|one)\b/i.test(text)
  if (stripLead(spoken).frame === "strong" || stripLead(spoken).frame === "kind") return undefined
  const noun = readNoun(spoken) ?? (quantified ? oddNoun(spoken) : undefined)
  if (!noun || (!quantified && !isKnown(noun.name) && !isPlural(spoken))) return undefined
  if (/\b(?:i|we|he|she|you)\b/i.test(spoken)) return undefined
  return entityNamed(sketch, noun.spoken, quantified || isKnown(noun.name))
}

/** "each tool has …" is about tools, where elsewhere a tool is the app. */
function oddNoun(spoken: string): { name: string; spoken: string } | undefined {
  const odd = /^(?:tool|program|page|site|system|feature|option|story|song|poem|joke|code|key)s?$/i
  return odd.test(spoken) ? { name: singular(spoken.toLowerCase()), spoken } : undefined
}

/** Parts of a has-list: "many orders" is a relation, "an order with date" an entity, else a field. */
function readParts(sketch: Sketch, target: EntityDraft, list: string): void {
  const many = list.match(
    /^(?:(?:zero|one) or more|more than one|more|many|several|multiple|a number of|any number of|lots of|a list of|some|different)\s+([\p{L} -]+?)(?:\s+(?:with|\(|having)\s*(.+?)\)?)?$/iu,
  )
  const noun = many?.[1] ? readNoun(many[1]) : undefined
  if (
    many &&
    noun &&
    (isPlural(many[1] ?? "") || isKnown(noun.name)) &&
    (isKnown(noun.name) || findEntity(sketch, noun.name) || many[2])
  ) {
    const child = entityNamed(sketch, noun.spoken, true)
    sketch.relations.push([child.name, target.name])
    for (const item of splitItems(many[2] ?? "")) addItem(sketch, child, item)
    return
  }
  readSeries(sketch, list, { entity: target })
}

/** "Fields: title, author", "I also want to note the price" — more about what was named before. */
const readMore: Reader = (sketch, text) => {
  if (!sketch.current || !(sketch.current.sure || sketch.current.fields.length > 0)) return false
  const labelled = text.match(
    /^(?:the |with |its |their |some |these |required |following )*(?:fields?|columns?|attributes?|properties|data|details|info(?:rmation)?|(?:(?:i|we)(?:'d like| want| need| would like) to )?(?:replace|digiti[sz]e) (?:it|this|that|them)(?=:)|it has|including|includes?|with)\s*(?:are|is|should be|needed|to (?:store|track|record|keep))?\s*:?\s+(.+)$/i,
  )
  const noted = text.match(
    /^(?:and |also |then )*(?:(?:i|we|it|they|you)(?:'d|'ll)?(?: also| just| only| always| then)*\s+)?(?:want|need|would like|like|should|must|will|can|have)?\s*(?:to )?(?:also )?(?:store|record|keep|note(?: down)?|save|know|see|enter|track|remember|add|include|(?:write|put|type|fill|jot)(?: down| in)?|list|log|keep track of|be able to (?:add|note|record|enter|store|see))\s+(.+)$/i,
  )
  // "we also record waiting list entries: name, phone": a kind of record of its own
  const headed = noted?.[1]?.match(/^([\p{L} -]{3,40}):\s/u)?.[1]
  if (headed && isThing(headed) && readNoun(headed)) return false
  const list = labelled?.[1] ?? (noted?.[1] && startsLikeField(noted[1]) ? noted[1] : undefined)
  if (list === undefined) return false
  readSeries(sketch, list, { entity: sketch.current })
  return true
}

function startsLikeField(text: string): boolean {
  const first = splitItems(text)[0] ?? ""
  return /^(?:the|its|their|a|an|when|who|how|whether|where|if|what|which)\b/i.test(text)
    ? !isThing(first)
    : looksLikeFieldItem(first)
}

function isThing(item: string): boolean {
  return isPlural(item) && !looksLikeFieldItem(item.replace(/^(?:the|its|their)\s+/i, ""))
}

/** "Reading list: books with …", "Movies: title, year" */
const readColon: Reader = (sketch, text) => {
  const match = text.match(/^([^:(]{1,70}?)\s*(?::| - | – | — )\s*(\S.+)$/)
  if (!match?.[1] || !match[2] || /\bhttps?$/.test(match[1])) return false
  if (readBelongs(sketch, match[1]) && sketch.current) {
    readSeries(sketch, match[2], { entity: sketch.current })
    return true
  }
  const items = splitItems(match[2])
  const first = items[0] ?? ""
  const declares =
    /^[^,(]*\b(?:with|having|including|containing|that have|which have)\b/i.test(match[2]) ||
    (/^\s*[\p{L} -]+\s*\([^)]*,/u.test(match[2]) && isPlural(first.replace(/\s*\(.*$/, "")))
  const verbOnly =
    readNoun(match[1]) === undefined ||
    (isPlace(stripLead(match[1]).rest) && !items.some(looksLikeFieldItem))
  if (declares || verbOnly) {
    const known = verbOnly ? undefined : readNoun(match[1])
    if (readSeries(sketch, match[2], { frame: "strong" })) return true
    return known !== undefined && entityNamed(sketch, known.spoken, true) !== undefined
  }
  const noun = readNoun(match[1])
  if (!noun) return false
  const fieldish = items.filter(looksLikeFieldItem).length
  if (fieldish < items.length / 2 && items.some((item) => isPlural(item) && readNoun(item))) {
    return readSeries(sketch, match[2], { frame: "strong" })
  }
  const entity = entityNamed(sketch, noun.spoken, true)
  relateByTail(sketch, entity, noun.tail)
  readSeries(sketch, match[2], { entity })
  return true
}

/** "fuel logs per vehicle" belong to a vehicle. */
function relateByTail(sketch: Sketch, entity: EntityDraft, tail: string): void {
  const owner = tail.match(
    /\b(?:per|for each|of each|for every|of a|for a|of the)\s+(\p{L}+)/iu,
  )?.[1]
  const parent = owner && findEntity(sketch, owner)
  if (parent && parent !== entity) sketch.relations.push([entity.name, parent.name])
  else sketch.leftovers.push(tail)
}

/** "Mood should be 1 to 10" */
const readBounds: Reader = (sketch, text) => {
  const match = text.match(
    /^(?:the |each |its )?([\p{L} ]{2,30}?)\s+(?:should|can|must|is|goes|ranges?|will)(?: be| go| range)?(?: an?)?(?: (?:number|rating|scale|score|value))? ?(?:from |between |of )?(\d+\s*(?:-|–|to|and)\s*\d+)\b/iu,
  )
  if (!match?.[1] || !match[2] || !sketch.current) return false
  addItem(sketch, sketch.current, `${match[1]} from ${match[2]}`)
  return true
}

/** "how many glasses of water I drink daily": a number for each day */
const readDailyCount: Reader = (sketch, text) => {
  const match = text.match(
    /\bhow (?:many|much) (?:(\p{L}+) of )?(\p{L}+)\b.*\b(?:daily|every ?day|each day|per day|a day|every (?:week|month|night|morning))/iu,
  )
  // among other things that are asked it is one field of many
  if (!match?.[2] || splitItems(text).length > 3 || /, (?:and )?how /.test(text)) return false
  const entity = entityNamed(sketch, match[1] ? match[2] : `${singular(match[2])} entry`, true)
  addItem(sketch, entity, "date")
  addItem(sketch, entity, `${match[1] ?? match[2]} (whole number)`)
  return true
}

/** "Book, friend, date lent, returned": a bare list after the thing was named; "Also a note". */
const readBareList: Reader = (sketch, text) => {
  if (!sketch.current) return false
  const more =
    /^(?:also|plus|and|and also|maybe also|additionally|optionally)\b[,:]?\s+(?:an? |the |some )?/i
  const items = splitItems(text.replace(more, ""))
  const isMore = more.test(text)
  if (isMore && ownList.test(text)) return false
  const plain = text.replace(/\b(?:whether|if)\b[^,]*/gi, "")
  if (items.length < (isMore ? 1 : 3) || /[:]|\s(?:with|has|have|having|including)\s/i.test(plain))
    return false
  const things = items.filter(
    (item) => isPlural(item) && !looksLikeFieldItem(item) && readNoun(item),
  )
  const fields = items.filter((item) => looksLikeFieldItem(item) || item.split(/\s+/).length <= 3)
  if (things.length > 0 || fields.length * 4 < items.length * 3 || !items.some(looksLikeFieldItem))
    return false
  for (const item of items) addItem(sketch, sketch.current, item)
  return true
}

/** "Also a short list of rooms": a kind of record of its own */
const ownList = /^[^,(]*\b(?:lists?|register|table|directory) of (?:the |my |our |all )?\p{L}+s\b/iu

/** Everything else: a noun, with or without what is noted about it. */
const readPlain: Reader = (sketch, text) => {
  const { rest, frame, lead } = stripLead(text)
  const done = readSeries(sketch, rest, { frame })
  if (done) sketch.leftovers.push(lead)
  return done
}

const readers: Reader[] = [
  readDailyCount,
  readBelongs,
  readList,
  readHas,
  readBounds,
  readMore,
  readColon,
  readBareList,
  readPlain,
]
