/**
 * What a prompt changes of a data model, where it says so plainly: "add a field price to books",
 * "add a second list of magazines", "remove pages", "rename author to writer". The rest is left.
 */
import type { DataModel, Entity, Field } from "@vibecaas/contract/data-model"
import { columnOf, tableOf } from "@vibecaas/contract/data-model-parts"
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import { isOf, passageOf } from "../clauses.ts"
import { alike, fold, isMark, type Prompt, stemsOf, type Token, within, wordsIn } from "../text.ts"
import { addField, entityOf, type ModelPart, type ReadModel, unsureIn, valid } from "./model-of.ts"
import { fieldIn, labelOf, nameLabel, plainField, type ReadField } from "./read-field.ts"
import { itemsOf, listsIn, type ReadList } from "./read-lists.ts"
import { is } from "./words.ts"

interface Changing {
  prompt: Prompt
  model: DataModel
  parts: ModelPart[]
  unsure: string[]
}

/** Nothing when no part of the prompt is a plain change, or they would make a wrong model. */
export function readModelChange(prompt: Prompt, now: DataModel): ReadModel | undefined {
  const changing: Changing = { prompt, model: structuredClone(now), parts: [], unsure: [] }
  const lists = listsIn(prompt).filter(({ thing }) => !listCalled(thing, changing))
  for (const list of lists) addList(list, changing)
  const taken = lists.flatMap(({ at }) => at)
  const open = prompt.tokens.filter((each) => !taken.some((at) => within(each, at)))
  for (const sentence of sentencesOf(open, prompt.language)) changeBy(sentence, changing)
  const model = changing.parts.length > 0 ? valid(changing.model) : undefined
  return model && { model, parts: changing.parts, unsure: changing.unsure }
}

const ends = new Set([...".!?;\n"])

function sentencesOf(tokens: readonly Token[], language: StarterLanguage): Token[][] {
  const sentences: Token[][] = [[]]
  for (const [at, each] of tokens.entries()) {
    const before = tokens[at - 1]
    const begins = verbOf(each) !== undefined && before !== undefined && !isLead(before, language)
    // "füge eine Bewertung hinzu und sortiere danach": what German puts at the end ends what is told.
    const isOver = before !== undefined && is("end", before) && isOf("and", each, language)
    if (ends.has(each.text) || begins || isOver) sentences.push([])
    if (!ends.has(each.text)) sentences.at(-1)?.push(each)
  }
  return sentences.filter((sentence) => wordsIn(sentence).length > 0)
}

/** A verb goes on with a sentence after such a word: "please add", "I want to add". */
const isLead = (before: Token, language: StarterLanguage) =>
  !isMark(before) && before.small && !isOf("and", before, language)

const verbs = ["add", "remove", "rename"] as const
type Verb = (typeof verbs)[number]
const verbOf = (each: Token): Verb | undefined => verbs.find((verb) => is(verb, each))

function changeBy(sentence: Token[], changing: Changing): void {
  const at = sentence.findIndex((each) => verbOf(each))
  const verb = sentence[at] && verbOf(sentence[at])
  const lead = sentence.slice(0, Math.max(0, at))
  if (
    !verb ||
    lead.some(
      (each) => !isMark(each) && !each.small && !isOf("and", each, changing.prompt.language),
    )
  )
    return
  const rest = sentence.slice(at + 1)
  const isLast = (each: Token) =>
    !isMark(each) && !is("end", each) && !isOf("and", each, changing.prompt.language)
  const end = rest.findLastIndex(isLast) + 1
  // The verb was just found.
  const told = {
    verb: sentence[at] as Token,
    rest: rest.slice(0, end),
    end: rest.slice(end).filter((each) => is("end", each)),
  }
  const acts = { add: addTold, remove: removeTold, rename: renameTold }
  acts[verb](told, changing)
}

interface Told {
  verb: Token
  rest: readonly Token[]
  /** what German puts at the end: "füge … hinzu" */
  end: readonly Token[]
}

function addTold(told: Told, changing: Changing): void {
  if (isNewList(told.rest)) addNamedList(told, changing)
  else addFields(told, changing)
}

function addFields(told: Told, changing: Changing): void {
  const { items, list, wordsOf } = targetIn(told, changing)
  const only = changing.model.entities.length === 1 ? changing.model.entities[0] : undefined
  const entity = list ?? only
  if (!entity) return
  const isNamed = list !== undefined || items.flat().some((each) => is("field", each))
  for (const [index, tokens] of items.entries()) {
    const field = fieldIn(named(tokens), changing.prompt)
    if (!field || namesTarget(field) || !(isNamed || isPlain(field))) continue
    if (entity.fields.some((each) => isCalled(each.label, field.label, changing))) continue
    const made = addField(entity, field, changing.model.entities)
    if (!field.sure && made.type === "text") changing.unsure.push(field.label)
    note(wordsOf(index), { table: tableOf(entity), has: [columnOf(made)], hasNot: [] }, changing)
  }
}

/** Without a word for it, only one or two words that fields are known by are one: "add a rating". */
const isPlain = ({ sure, label }: ReadField): boolean => sure && label.split(" ").length <= 2

/** "price to magazines" names a list that is not there. */
const namesTarget = ({ label }: ReadField): boolean =>
  fold(label)
    .split(" ")
    .some((low, at) => at > 0 && is("into", { low }))

/** "a second list of magazines", "une liste de livres": a list that has no fields yet. */
const isNewList = (rest: readonly Token[]) => {
  const words = wordsIn(rest)
  const at = words.findIndex((each) => is("list", each))
  const lead = words.slice(0, Math.max(0, at))
  return (
    at >= 0 &&
    at <= 2 &&
    lead.every((each) => is("articles", each) || is("another", each) || each.small)
  )
}

function addNamedList({ verb, rest, end }: Told, changing: Changing): void {
  const words = wordsIn(rest)
  const at = words.findIndex((each) => is("list", each))
  const after = words.slice(at + 1)
  const thing = after.slice(after.findIndex((each) => !is("of", each) && !is("articles", each)))
  if (thing.length === 0 || thing.length > 3 || thing.some((each) => each.small)) return
  if (listCalled(thing, changing)) return
  const list = { thing, fields: [plainField(nameLabel[changing.prompt.language])], title: [] }
  const at0 = passageOf([verb, ...words, ...end])
  if (at0) addList({ ...list, at: [at0] }, changing)
}

function addList(list: ReadList, { prompt, model, parts, unsure }: Changing): void {
  const entity = entityOf(list, prompt, model.entities)
  const taken = new Set([...model.entities.map(tableOf), ...(model.retiredTables ?? [])])
  if (taken.has(tableOf(entity))) return
  model.entities.push(entity)
  unsure.push(...unsureIn(list.fields, entity))
  const has = entity.fields.map(columnOf)
  for (const at of list.at) parts.push({ at, table: tableOf(entity), has, hasNot: [] })
}

function removeTold(told: Told, changing: Changing): void {
  const { items, list, wordsOf } = targetIn(told, changing)
  for (const [index, tokens] of items.entries()) {
    const found = fieldsCalled(named(tokens), { changing, list })
    const [one] = found
    if (found.length !== 1 || !one || one.entity.fields.length === 1) continue
    if (isNeeded(one, changing.model)) continue
    const { entity, field } = one
    entity.fields = entity.fields.filter((each) => each !== field)
    entity.filters = entity.filters.filter((each) => each.field !== field.name)
    note(wordsOf(index), { table: tableOf(entity), has: [], hasNot: [columnOf(field)] }, changing)
  }
}

/** What something else of the model names is for the form, where a person sees what goes with it. */
const isNeeded = ({ field, entity }: Found, model: DataModel): boolean => {
  const { fields: _, filters: __, ...shown } = entity
  const others = model.entities.flatMap((each) => each.fields.filter((other) => other !== field))
  return JSON.stringify([shown, others.map(({ formula }) => formula ?? null)]).includes(
    `"${field.name}"`,
  )
}

function renameTold({ verb, rest, end }: Told, changing: Changing): void {
  const words = rest.filter((each) => !isMark(each))
  const at = words.findIndex((each, index) => index > 0 && is("into", each))
  const found = fieldsCalled(named(words.slice(0, Math.max(0, at))), { changing, list: undefined })
  const to = named(words.slice(at + 1)).filter(({ low }) => low !== "um")
  const [one] = found
  if (at < 0 || found.length !== 1 || !one || to.length === 0 || to.length > 4) return
  one.field.label = labelOf(to, changing.prompt)
  const has = [columnOf(one.field)]
  note([verb, ...words, ...end], { table: tableOf(one.entity), has, hasNot: [] }, changing)
}

interface Found {
  entity: Entity
  field: Field
}

function fieldsCalled(
  words: readonly Token[],
  { changing, list }: { changing: Changing; list: Entity | undefined },
): Found[] {
  const label = labelOf(words, changing.prompt)
  if (words.length === 0) return []
  return changing.model.entities
    .filter((each) => list === undefined || each === list)
    .flatMap((entity) =>
      entity.fields
        .filter((field) => isCalled(field.label, label, changing))
        .map((field) => ({ entity, field })),
    )
}

/** Whether two labels are the same words. */
function isCalled(one: string, other: string, { prompt: { language } }: Changing): boolean {
  const [first, second] = [stemsOf(one, language), stemsOf(other, language)]
  return (
    first.length === second.length &&
    first.every((each, at) => alike(each, second[at] ?? "", language))
  )
}

const listCalled = (words: readonly Token[], changing: Changing): Entity | undefined =>
  words.length === 0
    ? undefined
    : changing.model.entities.find(({ label, labelPlural, plural }) =>
        [label, labelPlural, plural].some((each) =>
          isCalled(each, labelOf(words, changing.prompt), changing),
        ),
      )

/** What is told of, before "to books", the list that this names, and all words that tell of one item. */
function targetIn({ verb, rest, end }: Told, changing: Changing) {
  const { language } = changing.prompt
  const leads = (each: Token) => is("into", each) || is("from", each)
  const at = rest.findLastIndex((each, index) => index > 0 && leads(each))
  const after = at < 0 ? [] : rest.slice(at)
  const stop = after.findIndex((each) => isMark(each) || isOf("and", each, language))
  const tail = after.slice(0, stop < 0 ? undefined : stop)
  const words = wordsIn(tail).filter(
    (each) => !leads(each) && !is("articles", each) && !is("list", each),
  )
  const list = listCalled(words, changing)
  const items = itemsOf(list ? rest.slice(0, at) : rest, language)
  const wordsOf = (index: number): Token[] => [
    ...(index === 0 ? [verb] : []),
    ...(items[index] ?? []),
    ...(index === items.length - 1 ? [...(list ? tail : []), ...end] : []),
  ]
  return { items, list, wordsOf }
}

/** A name without "the new field called". */
function named(tokens: readonly Token[]): Token[] {
  const field = tokens.findIndex((each) => is("field", each))
  const lead = tokens.slice(0, Math.max(0, field))
  const isLead = lead.every((each) => is("articles", each) || is("another", each))
  const rest = field >= 0 && isLead ? tokens.slice(field + 1) : tokens
  const start = rest.findIndex(
    (each) => !is("articles", each) && !is("another", each) && !is("of", each) && each.text !== ":",
  )
  const own = start < 0 ? [] : rest.slice(start)
  const last = own.at(-1)
  return own.length > 1 && last && is("field", last) ? own.slice(0, -1) : own
}

function note(words: readonly Token[], part: Omit<ModelPart, "at">, { parts }: Changing): void {
  const at = passageOf(words.toSorted((one, other) => one.from - other.from))
  if (at) parts.push({ at, ...part })
}
