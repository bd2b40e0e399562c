/** From a wish about an app that exists to its next spec: add, rename, remove, type, choices, order. */

import { type Account, divide } from "../account/divide.ts"
import { limitsIn, notesFor, type Passage, passageOf, saidIn } from "../account/not-built.ts"
import { type AppSpec, type Entity, writeAppSpec } from "../blueprints/index.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import { choicesIn, readField, typeIn } from "../reader/fields.ts"
import { shortened } from "../reader/goal.ts"
import { described, itemsOf } from "../reader/items.ts"
import { isDoing } from "../reader/lists.ts"
import { emptySketch, addFields as sketchFields, thingNamed } from "../reader/sketch.ts"
import { specOf } from "../reader/spec.ts"
import { lows, phraseOf, splitAt, type Token, tokensOf, wordsIn } from "../reader/tokens.ts"
import { grantWish } from "../reader/wishes.ts"
import { setOf } from "../reader/words.ts"
import { addField, removeEntity, removeField, renameEntity, renameField, retype } from "./edits.ts"
import { entityIn, findEntity, findField, holds, inWords, many, quoted } from "./find.ts"
import { leftIn } from "./shown.ts"

export type ChangeReading =
  | { kind: "change"; spec: AppSpec; done: string[]; account: Account }
  | { kind: "refusal"; reason: string }

interface Step {
  spec: AppSpec
  said: string
  tokens: Token[]
  /** what stands behind the verb */
  rest: Token[]
}

/** What a step did, as sentences; undefined when it is none that this verb can do. */
type Doing = (step: Step) => string[] | undefined

const polite = setOf(signs.change.polite)
const longestSpec = 6000

const verbs: [ReadonlySet<string>, Doing][] = [
  [setOf(signs.change.rename), rename],
  [setOf(signs.change.remove), remove],
  [setOf(signs.change.shape), shape],
  [setOf(signs.change.mark), mark],
  [setOf(signs.change.add), add],
]
const starts = new Set([...verbs.flatMap(([words]) => [...words]), ...setOf(signs.wishes)])
const orders = setOf(signs.orders)

export function readChange(text: string, before: AppSpec): ChangeReading {
  const spec = structuredClone(before)
  const done: string[] = []
  const left: Passage[] = []
  for (const tokens of stepsOf(text)) {
    const place = passageOf(tokens)
    if (!place) continue
    const said = saidIn(text, place)
    const did = takeStep({ spec, said, tokens, rest: tokens })
    if (did) done.push(...did)
    left.push(...(did ? leftIn(text, place, [before, spec]) : [place]))
  }
  const notDone = notesFor(left.map((passage) => saidIn(text, passage)))
  if (done.length === 0) return { kind: "refusal", reason: whyNot(notDone, before) }
  spec.unsupported = shortened([...new Set([...spec.unsupported, ...notDone])])
  if (writeAppSpec(spec).length > longestSpec)
    return {
      kind: "refusal",
      reason:
        "The app has grown as large as I can handle; remove something first. Nothing was changed.",
    }
  return { kind: "change", spec, done, account: divide(text, left) }
}

/** "add X and remove Y" is two steps; "add a due date and notes" is one. */
function stepsOf(text: string): Token[][] {
  const tokens = tokensOf(text)
  const next = (at: number) =>
    tokens
      .slice(at + 1)
      .find(({ low, kind }) => kind === "word" && !polite.has(low) && low !== "and")?.low ?? ""
  const begins = (at: number) =>
    (starts.has(next(at)) && !splits.has(tokens[at + 2]?.low ?? "")) ||
    (orders.has(next(at)) && tokens.length > at + 3 && !splits.has(tokens[at + 2]?.low ?? ""))
  const parts = splitAt(
    tokens,
    ({ low, kind }, at) =>
      kind === "line" || [".", ";", "!", "?"].includes(low) || (splits.has(low) && begins(at)),
  )
  return parts.filter((part) => wordsIn(part).some(({ low }) => !polite.has(low)))
}

const splits = setOf(", and then but plus")

function takeStep(step: Step): string[] | undefined {
  const at = step.tokens.findIndex(({ low, kind }) => kind === "word" && !polite.has(low))
  const spoken = step.tokens.slice(Math.max(0, at))
  const [first] = spoken
  if (!first) return undefined
  const has = spoken.findIndex(({ low }) => ["have", "has", "need", "needs"].includes(low))
  const tries: Step[] = [
    { ...step, rest: spoken.slice(1) },
    ...(has > 0 && has < 6 ? [{ ...step, rest: spoken.slice(has + 1) }] : []),
  ]
  const [whole, owned] = tries
  for (const [words, doing] of verbs)
    if (whole && words.has(first.low)) return doing(whole) ?? wish(step)
  if (isDoing(lows(spoken))) return undefined
  return wish(step) ?? (owned ? add(owned) : undefined)
}

function rename({ spec, rest }: Step): string[] | undefined {
  const to = rest.findIndex(({ low }, at) => at > 0 && ["to", "into", "as"].includes(low))
  const [from, name] = [
    phraseOf(rest.slice(0, to)),
    phraseOf(rest.slice(to + 1).filter(({ kind }) => kind === "word")),
  ]
  if (to < 0 || name === "" || name.split(" ").length > 4) return undefined
  const entity = findEntity(from, spec)
  const found =
    entity && from.toLowerCase().includes(many(entity)) ? undefined : findField(from, spec)
  if (found) {
    renameField(found, name)
    return [
      `Renames ${quoted(from)} of ${many(found.entity)} to ${quoted(name)}; what was recorded stays.`,
    ]
  }
  if (entity) renameEntity(spec, entity, name)
  else if (rest.some(({ low }) => low === "app")) spec.name = name
  else return undefined
  return [`Renames ${quoted(from)} to ${quoted(name)}; what was recorded stays.`]
}

/** Removes everything that is named, or nothing: half of it might be the wrong half. */
function remove(step: Step): string[] | undefined {
  const { spec, rest } = step
  const from = rest.findIndex(({ low }) => low === "from")
  const chosen = from > 0 ? findField(phraseOf(rest.slice(from + 1)), spec)?.field : undefined
  const gone = choicesIn(rest.slice(0, Math.max(0, from))).map((each) => each.toLowerCase())
  const left = chosen?.choices?.filter((each) => !gone.includes(each.toLowerCase())) ?? []
  if (chosen?.choices && left.length > 0 && left.length === chosen.choices.length - gone.length) {
    chosen.choices = left
    return [`Takes ${inWords(gone.map(quoted))} out of what ${quoted(chosen.label)} offers.`]
  }
  if (rest.some(({ low }) => low.startsWith("filter"))) return undefined
  const found = itemsOf(rest).map((item) => {
    const said = phraseOf(item)
    const entity = findEntity(said, spec)
    return (
      findField(said, spec) ??
      (entity && spec.entities.length > 1 ? { entity, field: undefined } : undefined)
    )
  })
  if (found.some((each) => !each || (each.field && each.entity.fields.length < 2))) return undefined
  return found.flatMap((each) => {
    if (!each) return []
    if (each.field) removeField(each.entity, each.field)
    else removeEntity(spec, each.entity)
    return [
      `Removes ${quoted(each.field?.label ?? each.entity.labelPlural)}; what was recorded in it stays on disk.`,
    ]
  })
}

/** "make author required", "change pages to text", "change format to a choice of new, used" */
function shape({ spec, rest }: Step): string[] | undefined {
  const last = rest.at(-1)?.low ?? ""
  if (["required", "optional", "mandatory", "needed"].includes(last)) {
    const found = findField(phraseOf(rest.slice(0, -1)), spec)
    if (!found || found.field.type === "flag") return undefined
    found.field.required = last !== "optional"
    return [`Makes ${quoted(found.field.label)} ${last}.`]
  }
  const to = rest.findIndex(({ low }, at) => at > 0 && ["to", "into", "a", "an"].includes(low))
  const found = to > 0 ? findField(phraseOf(rest.slice(0, to)), spec) : undefined
  const wanted = rest.slice(to + 1).filter(({ low }) => low !== "a" && low !== "an")
  const of = wanted.findIndex(({ low }) => ["of", ":", "from", "with"].includes(low))
  const draft = readField([
    ...tokensOf("it ("),
    ...(of > 0 && wanted[0]?.low === "choice" ? wanted.slice(of + 1) : wanted),
    ...tokensOf(")"),
  ])
  const type = draft?.choices || draft?.max !== undefined ? draft.type : typeIn(wanted)
  if (!found || !type || type === found.field.type || (type === "choice" && !draft?.choices))
    return undefined
  const next = retype(found, { ...draft, type })
  return [`Makes ${quoted(next.label)} a ${holds(next)}; values that fit are taken over.`]
}

/** "mark books as lent" needs a flag. */
function mark({ spec, rest, said }: Step): string[] | undefined {
  const as = rest.findIndex(({ low }) => low === "as")
  const entity = entityIn(said, spec) ?? spec.entities[0]
  const draft = as < 0 ? undefined : readField([...rest.slice(as + 1), ...tokensOf("(yes/no)")])
  if (!entity || !draft || findField(draft.words, spec)) return undefined
  return [
    `Adds ${quoted(addField(spec, entity, draft).label)} to ${many(entity)}, to mark them with.`,
  ]
}

function add(step: Step): string[] | undefined {
  const { spec, said } = step
  const { entity, rest } = ownerOf(step)
  const added = addChoices(spec, rest) ?? addThings(spec, rest)
  if (added || !entity) return added
  const fields = rest.findIndex(({ low }) => ["field", "fields", "column", "columns"].includes(low))
  const bare =
    fields >= 0 && fields < rest.length - 1
      ? rest.slice(fields + 1).filter(({ low }) => ![":", "for", "called", "named"].includes(low))
      : rest
  const drafts = itemsOf(bare).map(readField)
  const known = new Set(entity.fields.map(({ label }) => label.toLowerCase()))
  if (
    drafts.some((draft) => !draft || known.has(draft.label.toLowerCase())) ||
    limitsIn(said).length > 1 ||
    entity.fields.length + drafts.length > 40
  )
    return undefined
  const made = drafts.flatMap((draft) => (draft ? [addField(spec, entity, draft)] : []))
  return made.length > 0
    ? [
        `Adds ${inWords(made.map((field) => `${quoted(field.label)} (${holds(field)})`))} to ${many(entity)}.`,
      ]
    : undefined
}

/** Whose field it is, and what is left without that mention: "a phone to clients", "books a language". */
function ownerOf({ spec, rest, said }: Step): { entity: Entity | undefined; rest: Token[] } {
  const at = rest.findLastIndex(({ low }) => ["to", "for", "on", "in"].includes(low))
  const behind = at > 0 ? findEntity(phraseOf(rest.slice(at + 1)), spec) : undefined
  if (behind) return { entity: behind, rest: rest.slice(0, at) }
  for (const length of [1, 2, 3]) {
    const given =
      rest.length > length ? findEntity(phraseOf(rest.slice(0, length)), spec) : undefined
    if (given) return { entity: given, rest: rest.slice(length) }
  }
  return { entity: entityIn(said, spec) ?? spec.entities[0], rest }
}

/** "paused as a status", "paused to status" */
function addChoices(spec: AppSpec, rest: readonly Token[]): string[] | undefined {
  const at = rest.findLastIndex(({ low }) => ["as", "to"].includes(low))
  const field = at > 0 ? findField(phraseOf(rest.slice(at + 1)), spec)?.field : undefined
  if (!field?.choices) return undefined
  const added = choicesIn(rest.slice(0, at)).filter((each) => !field.choices?.includes(each))
  field.choices = [...field.choices, ...added].slice(0, 30)
  return added.length > 0
    ? [`Adds ${inWords(added.map(quoted))} to what ${quoted(field.label)} offers.`]
    : undefined
}

/** "a list of publishers", "members with name and email" */
function addThings(spec: AppSpec, rest: readonly Token[]): string[] | undefined {
  const own = described(rest)
  const of = rest.findIndex(({ low }) => low === "of")
  const listed =
    of > 0 && ["list", "table"].includes(rest[of - 1]?.low ?? "")
      ? phraseOf(rest.slice(of + 1))
      : undefined
  const phrase =
    own?.phrase ?? (listed === undefined ? undefined : { words: listed.toLowerCase(), tokens: [] })
  if (!phrase || findEntity(phrase.words, spec) || spec.entities.length > 7) return undefined
  const sketch = emptySketch()
  const thing = thingNamed(sketch, phrase)
  sketchFields(
    thing,
    (own?.items ?? []).flatMap((item) => readField(item) ?? []),
  )
  const [entity] = specOf(sketch, undefined).spec.entities
  if (!entity || spec.retiredTables?.includes(entity.plural)) return undefined
  spec.entities.push(entity)
  return [
    `Adds a list of ${many(entity)} with ${inWords(entity.fields.map(({ label }) => label.toLowerCase()))}.`,
  ]
}

/** Order, filters and suggestions of a list that is there. */
function wish({ spec, tokens }: Step): string[] | undefined {
  const rules = () =>
    JSON.stringify(
      spec.entities.map(({ sort, filters, suggestion }) => [sort, filters, suggestion]),
    )
  const before = rules()
  const granted = grantWish(spec, tokens)
  const changed = spec.entities.flatMap(({ labelPlural, sort }) =>
    sort ? `${labelPlural} by ${sort.field.replaceAll("_", " ")}` : [],
  )
  if (granted.length === 0 || rules() === before) return undefined
  return [
    `Changes the order, filters or suggestion of the page as asked${changed.length > 0 ? `; the order is ${inWords(changed)}` : ""}.`,
  ]
}

/** What was not understood, and something that would work in this very app. */
function whyNot(notDone: readonly string[], { entities }: AppSpec): string {
  const said = notDone.slice(0, 4).join(" ") || "I did not understand it."
  const [first] = entities
  return `${said} Nothing was changed. In this app, which keeps ${inWords(entities.map(many))}, I can add, rename and remove fields and lists, change what a field holds or offers, and change the order; for example “add a rating from 1 to 5 to ${first ? many(first) : "it"}”.`
}
