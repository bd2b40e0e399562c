/**
 * Fields that a prompt says anywhere, as people write them: "visitors: name, who they came to see",
 * "titre prix photo téléphone", "guests put their name and how many they bring". Of what is not
 * sure to be a field nothing is made.
 */
import { isOf, passageOf } from "../clauses.ts"
import { headingIn } from "../heading.ts"
import { hasAct } from "../outside.ts"
import { type Prompt, type Token, wordsIn } from "../text.ts"
import { type Item, isNext, itemsIn, readChoices, readKinds } from "./loose-items.ts"
import { choiceOf, markedIn, markIn } from "./marks.ts"
import { askedOf, givers, givesAt, withoutLead } from "./questions.ts"
import { fieldIn, labelOf, nameLabel, plainField, type ReadField } from "./read-field.ts"
import { listsIn, type ReadList } from "./read-lists.ts"
import { dateLabel, isDaily } from "./settings.ts"
import { askedAloneIn, is, isBeyond, isFieldWord, typeIn } from "./words.ts"

const wordsMax = 6
const carryingMax = 2

/** The lists that a prompt spells out, or the one of the fields that it says anywhere, if these are more. */
export function listsSaid(prompt: Prompt): ReadList[] {
  const lists = listsIn(prompt)
  const [first, ...more] = lists
  if (more.length > 0) return lists
  const loose = looseListIn(prompt, 1)
  if (!first) return loose ? [loose] : []
  const title = headingIn(prompt)
  const isMore = loose && loose.fields.length >= first.fields.length + (isSpan(first) ? 0 : 1)
  const best = isMore ? loose : first
  if (isWithin(first.thing, title)) return [{ ...best, thing: thingOf(title, prompt), title }]
  const start = first.thing.findIndex((each) => !/^\d+$/.test(each.text))
  const thing = first.thing.slice(Math.max(0, start))
  const isTitled = first.title.length === 0 && isOneSentence(title, thing, prompt)
  return [{ ...best, thing, title: isTitled ? title : first.title }]
}

/** Whether some words stand before others, and no sentence ends between them. */
function isOneSentence(
  title: readonly Token[],
  thing: readonly Token[],
  { text }: Prompt,
): boolean {
  const [from, to] = [title.at(-1)?.to ?? 0, thing[0]?.from ?? 0]
  return title.length > 0 && from <= to && !/[.!?\n]/.test(text.slice(from, to))
}

/** Whether some words stand among others, and do not begin them. */
const isWithin = ([first]: readonly Token[], others: readonly Token[]) =>
  first !== undefined &&
  others[0]?.from !== first.from &&
  others.some((each) => each.from === first.from)

/** One list of all of them; none where fewer than `least` are sure. */
export function looseListIn(prompt: Prompt, least: number): ReadList | undefined {
  // "GET /api/notes" names what answers there, and no fields.
  if (/(^|\s)\/\w/.test(prompt.text)) return undefined
  const title = headingIn(prompt)
  const thing = thingOf(title, prompt)
  const items = readChoices(itemsIn(prompt), prompt)
  const isOpen = (item: Item) =>
    item.fields.length === 0 && !item.tokens.some((each) => title.includes(each))
  for (const [at, item] of items.entries())
    if (isOpen(item)) item.fields = fieldsOf(item, items[at + 1], prompt)
  const all = readKinds(items, prompt)
  // What stands beside one that was not sure before may be.
  for (const _ of [1, 2])
    for (const [at, item] of all.entries())
      if (isOpen(item) && isBeside(all, at)) item.fields = besideIn(item, prompt)
  const kept = ofOneThing(all.filter((item, at) => item.fields.length > 0 && isListed(all, at)))
  const fields = unlike([...givers(all, prompt), ...kept.flatMap((item) => item.fields)])
  // Two things that somebody gives are as good as one that is known.
  const isGiven = fields.length > 1 && kept.some(({ tokens }) => givesAt(tokens) > 0)
  if (fields.filter((each) => each.sure).length + (isGiven ? 1 : 0) < least) return undefined
  // A mark is set by a click, but what its words want to become of that nothing says.
  const isClicked = ({ tokens }: ReadField) => tokens.some((each) => is("click", each))
  const told = fields.filter((each) => !isClicked(each) && !(isSpan({ fields }) && isEnd(each)))
  return { thing, title, fields: withTitle(fields, prompt), at: told.flatMap(placesOf) }
}

/** "a catalogue with price, the customer leaves their name": what others give later is of another thing. */
function ofOneThing(items: readonly Item[]): readonly Item[] {
  const given = items.findIndex(({ tokens }) => givesAt(tokens) > 0)
  const isChoice = ({ fields }: Item) => fields.every(({ shape }) => shape.type === "choice")
  return given > 0 && !items.slice(0, given).every(isChoice) ? items.slice(0, given) : items
}

/** Whoever keeps when something began and ended wants to know how long it was, which no field says. */
const isSpan = ({ fields }: Pick<ReadList, "fields">) => fields.filter(isEnd).length > 1
const isEnd = ({ tokens }: ReadField) => tokens.some((each) => is("span", each))

/** Records that nothing would tell apart have a name. */
function withTitle(fields: readonly ReadField[], prompt: Prompt): readonly ReadField[] {
  if (fields.some(({ shape }) => telling.has(shape.type))) return fields
  if (isDaily(prompt)) return [plainField(dateLabel[prompt.language], "date"), ...fields]
  return [plainField(nameLabel[prompt.language]), ...fields]
}

const telling = new Set(["text", "date", "datetime", "choice"])

/** A field is one where it is listed with others, introduced, or given by somebody. */
function isListed(items: readonly Item[], at: number): boolean {
  const item = items[at]
  if (!item) return false
  const isGiven =
    givesAt(item.tokens) > 0 || item.fields.length > 1 || is("marks", wordsIn(item.tokens)[0])
  const hasField = (each: Item | undefined) => (each?.fields.length ?? 0) > 0
  const hasBefore = hasField(itemBefore(items, at))
  const hasNext = items.some((each, place) => hasField(each) && itemBefore(items, place) === item)
  const isChoice = item.fields.some(
    ({ shape, tokens }) => shape.type === "choice" || tokens.some((each) => is("click", each)),
  )
  return isGiven || hasBefore || hasNext || isChoice || isGivenBefore(items, at)
}

/** The item that another goes on from, over what no field can hold: "title, photo, price". */
function itemBefore(items: readonly Item[], at: number): Item | undefined {
  const before = items[at - 1]
  if (!before || !isNext(items[at], before)) return undefined
  const isOver = before.fields.length === 0 && before.tokens.some((each) => is("beyond", each))
  return isOver && before.tokens.length === 1 ? itemBefore(items, at - 1) : before
}

/** "jeder trägt sich ein mit Name": who fills it in stands before. */
const isGivenBefore = (items: readonly Item[], at: number) =>
  items
    .slice(Math.max(0, at - 2), at)
    .some((each) => each.group === items[at]?.group && givesAt(each.tokens) > 0)

/** The first words of what the app is, without what it is for: "Petites annonces" of "petites annonces pour le village". */
export function thingOf(title: readonly Token[], { language }: Prompt): Token[] {
  const words = wordsIn(title)
  const end = words.findIndex(
    (each, at) =>
      isOf("purposes", each, language) ||
      /\d/.test(each.text) ||
      ((each.small || is("from", each)) &&
        !(at === 1 && is("of", each) && words[2]?.small === false)),
  )
  const said = words.slice(0, end < 0 ? undefined : end)
  const isKept = said.length > 1 && is("keeps", said.at(-1))
  return (isKept ? said.slice(0, -1) : said).slice(0, thingWordsMax)
}

const thingWordsMax = 3

function fieldsOf(item: Item, next: Item | undefined, prompt: Prompt): ReadField[] {
  const { tokens, group } = item
  const row = [tokens, withoutLead(tokens, prompt)].map((each) => rowIn(each, prompt))
  const named = row.find((each) => each.length > 0)
  if (named) return named
  const mark = markIn(tokens, next, prompt) ?? markedIn(tokens, prompt)
  if (mark) return [mark]
  const own = withoutLead(tokens, prompt)
  const words = wordsIn(own)
  const [first, ...rest] = words
  const asked = askedOf(item, next, prompt)
  if (asked) return [asked]
  if (!first || words.length > wordsMax || isWish(words, prompt)) return []
  const isYesOrNo = words.length === 1 && is("yesNo", first)
  const isEither = next?.after === "or" && next.group === group
  if (isYesOrNo && isEither)
    return [choiceOf([...tokens, ...next.tokens], [own, next.tokens], prompt)]
  if (!is("whether", first)) {
    const named = namedIn(tokens, own, prompt)
    return named.length > 0 || givesAt(tokens) < 0 || next?.after === "asks"
      ? named
      : givenIn(tokens, words, prompt)
  }
  const said = rest.filter(
    (each, at) =>
      !is("articles", each) && !(is("was", each) && (at === 0 || at === rest.length - 1)),
  )
  if (said.length === 0 || said.length > 4) return []
  if (isEither && next.tokens.length <= 4)
    return [choiceOf([...tokens, ...next.tokens], [said, next.tokens], prompt)]
  return [{ tokens, label: labelOf(said, prompt), shape: { type: "flag" }, sure: true }]
}

/** A plain name: all of its words are of fields, or one more beside the one that says most. */
function namedIn(tokens: readonly Token[], own: readonly Token[], prompt: Prompt): ReadField[] {
  const field = fieldIn(own, prompt)
  const carrying = wordsIn(own).filter(
    (each) => !/^\d+$/.test(each.text) && (!each.small || isFieldWord(each)),
  )
  const isLast = prompt.language === "en" || prompt.language === "de"
  const isDated = carrying[0] && typeIn([carrying[0]]) === "date"
  const head = isLast && !isDated ? carrying.at(-1) : carrying[0]
  const isName = head !== undefined && isFieldWord(head) && carrying.length <= carryingMax
  if (!field || !isName) return []
  return [{ ...field, tokens, sure: true }]
}

/** What somebody writes down of each: "je note la recette de chaque marché", "I put in the Spanish word". */
function givenIn(tokens: Token[], words: readonly Token[], prompt: Prompt): ReadField[] {
  const end = words.findIndex((each) => each.small || is("of", each))
  const thing = words.slice(0, end < 0 ? undefined : end)
  const [first, last] = [thing[0], thing.at(-1)]
  const of = words[thing.length]
  if (!first || !last || thing.length > carryingMax || is("gives", first)) return []
  if (of && !is("of", of) && !isOf("per", of, prompt.language)) return []
  const sure = is("units", first)
  const type = sure ? "decimal" : "text"
  const said = tokens.slice(0, tokens.indexOf(last) + 1)
  return [{ tokens: said, label: labelOf(thing, prompt), shape: { type }, sure }]
}

/** "send everyone a text" ends with the name of a field, and is none. */
const isWish = (words: readonly Token[], { language }: Prompt) =>
  hasAct(words, language) ||
  words.some(
    (each) => isBeyond(each) || isOf("negates", each, language) || isOf("only", each, language),
  )

/** "titre prix photo téléphone": names of fields without anything between them. */
function rowIn(tokens: readonly Token[], prompt: Prompt): ReadField[] {
  const words = wordsIn(tokens)
  const known = words.filter((each) => isFieldWord(each) && !is("beyond", each))
  const least = prompt.language === "en" ? 3 : 2
  const isRow = known.length >= least && known.length >= words.length - 1
  // "nombre oficio": what somebody is called has no name of its own in these languages.
  const isNamed = prompt.language !== "en" && is("called", words[0]) && words.length > 1
  if (!(isRow || isNamed) || words.some((each) => each.small && !isFieldWord(each))) return []
  return (isNamed ? words : known).map((each) => {
    const type = typeIn([each]) ?? "text"
    const bounds = type === "rating" ? { min: 1, max: 5 } : {}
    return {
      tokens: [each],
      label: labelOf([each], prompt),
      shape: { type, ...bounds },
      sure: true,
    }
  })
}

const isBeside = (items: readonly Item[], at: number): boolean => {
  const isSure = (item: Item | undefined) =>
    item?.fields.some((each) => each.sure || givesAt(item.tokens) > 0) === true
  const [item, before, next] = [items[at], items[at - 1], items[at + 1]]
  return (isNext(item, before) && isSure(before)) || (isNext(next, item) && isSure(next))
}

/** One plain word beside a field that is sure: "allergies" after "name". */
function besideIn({ tokens }: Item, prompt: Prompt): ReadField[] {
  const own = withoutLead(tokens, prompt)
  const words = wordsIn(own)
  const [only] = words
  const isEndOf = is("from", only) || is("to", only)
  const type = isEndOf ? "text" : is("units", only) ? "decimal" : askedAloneIn(words)
  if (type && words.length <= 2)
    return [{ tokens: [...tokens], label: labelOf(own, prompt), shape: { type }, sure: true }]
  // "a song wish" is a thing, and "great music" says how something is.
  const isThing = words.length === carryingMax && own.length < tokens.length
  if (
    !(words.length === 1 || isThing) ||
    !only ||
    words.some((each) => each.small || isNone(each)) ||
    isWish(words, prompt)
  )
    return []
  const field = fieldIn(own, prompt)
  return field ? [{ ...field, tokens, sure: isFieldWord(only) }] : []
}

/** What is done with fields, and what is best of them, is none. */
const isNone = (each: Token) => is("gives", each) || is("most", each) || is("least", each)

const placesOf = ({ tokens }: ReadField) => passageOf(tokens) ?? []

/** A name that is said twice is one field, with what can be chosen if that was said. */
function unlike(fields: readonly ReadField[]): ReadField[] {
  const byLabel = Map.groupBy(fields, ({ label }) => label.toLowerCase())
  return [...byLabel.values()].flatMap((same) => {
    const best = same.find(({ shape }) => shape.type === "choice") ?? same[0]
    return best ? [best] : []
  })
}
