/**
 * From a goal in English to an app spec, or an honest refusal. Rules only: the same text always
 * gives the same spec.
 */

import { titleOf } from "./app-title.ts"
import { beyond } from "./beyond.ts"
import type { AppSpec } from "./blueprints/index.ts"
import { withDeeds } from "./deeds-in-text.ts"
import { fitSpec } from "./fit-spec.ts"
import { headIn } from "./heads.ts"
import { isBrand, type Kindred, kindredOf } from "./kindred-apps.ts"
import { withKinds } from "./kinds-in-text.ts"
import { unlinked, withLinks } from "./links-in-text.ts"
import { withPlainLists } from "./list-shapes.ts"
import { readDeclaration } from "./read-declaration.ts"
import { wishIn } from "./read-wishes.ts"
import { nothingToKeep, refusalFor, soundsHostile, withoutAttacks } from "./sense.ts"
import type { EntityDraft, Sketch } from "./sketch.ts"
import { newSketch } from "./sketch.ts"
import { spelledRight } from "./spelling.ts"
import { clausesOf, statementsOf } from "./statements.ts"
import { withoutStops, withTitledLines } from "./titled-lines.ts"
import { identifier, singular } from "./words.ts"

export type GoalReading =
  | {
      kind: "app"
      spec: AppSpec
      /** sentences about details nobody named */
      guesses: string[]
    }
  | { kind: "refusal"; reason: string }

export function readGoal(text: string): GoalReading {
  const refused = refusalFor(text)
  if (refused) return { kind: "refusal", reason: refused }
  const hostile = soundsHostile(text)
  const asked = hostile ? withoutAttacks(text) : text
  const read = linkedSketch(asked)
  const undescribed = meantIn(read).every(({ fields }) => fields.length === 0)
  const kindred = undescribed && meantIn(read).length < 2 ? kindredOf(asked) : undefined
  const sketch = kindred ? kindredSketch(kindred, read) : read
  const kept = meantIn(sketch)
  sketch.leftovers.push(
    ...sketch.entities
      .filter((entity) => !kept.includes(entity))
      .map(({ clause, spoken }) => clause ?? spoken),
  )
  const limits = beyond([...sketch.leftovers, ...sketch.wishes].join(" . "))
  if (kept.length === 0 || (hostile && undescribed)) {
    return { kind: "refusal", reason: nothingToKeep(hostile ? [] : beyond(text)) }
  }
  const notes = [...sketch.notes, ...limits, ...(hostile ? [ignored] : [])]
  const spec = fitSpec({ ...sketch, entities: kept }, notes)
  spec.unsupported = [...spec.unsupported, ...notTied(text, spec)].slice(0, 20)
  const guessed = kindred ? kept : kept.filter(({ fields }) => fields.length === 0)
  return { kind: "app", spec, guesses: guessesIn(spec, guessed) }
}

/** Keeps what comes nearest; what else was asked is still searched for what is beyond us. */
function kindredSketch({ goal, limit }: Kindred, { title, wishes, leftovers }: Sketch): Sketch {
  const sketch = sketchOf(goal)
  const own = title !== undefined && !isBrand(title) ? title : undefined
  return { ...sketch, title: own, leftovers, wishes, notes: [limit] }
}

function guessesIn({ entities }: AppSpec, guessed: EntityDraft[]): string[] {
  const described = entities.length > guessed.length
  return entities
    .filter((_, at) => guessed.some(({ name }) => identifier(name) === entities[at]?.name))
    .map(({ labelPlural, fields }) => {
      const list = fields.map(({ label }) => label.toLowerCase()).join(", ")
      const about = described || guessed.length > 1 ? ` for ${labelPlural.toLowerCase()}` : ""
      return `You named no details${about}, so these are a guess: ${list}.`
    })
}

/** Says which words about belonging together led to no relation. */
function notTied(text: string, { entities }: AppSpec): string[] {
  const names = entities.map(({ name }) => name.replaceAll("_", " "))
  const pointedAt = new Set(
    entities.flatMap(({ fields }) => fields.flatMap(({ to }) => (to === undefined ? [] : [to]))),
  )
  const [first] = unlinked(text, names).filter(({ name }) =>
    entities.some((each) => each.name === identifier(name) && !pointedAt.has(each.plural)),
  )
  return first
    ? [
        `I did not understand what “${first.said}” ties together; say for example “each visit belongs to a pet”.`,
      ]
    : []
}

/** Reads a text once to learn what it keeps, and once more with the relations between them. */
function linkedSketch(text: string): Sketch {
  const sketch = sketchOf(text)
  const names = meantIn(sketch).map(({ name }) => name)
  const linked = withLinks(text, names)
  if (linked.text === text) return sketch
  const again = sketchOf(linked.text, names)
  again.notes.push(...linked.notes)
  return again
}

/** Leaves out what was only mentioned, and "a conference" beside speakers and talks with fields. */
function meantIn(sketch: Sketch): EntityDraft[] {
  const sure = sketch.entities.filter((entity) => entity.sure || entity.fields.length > 1)
  const described = sure.some((entity) => entity.fields.length > 0)
  return sure.filter((entity) => {
    if (!described || entity.fields.length > 0) return true
    if (sketch.relations.some((pair) => pair.includes(entity.name))) return true
    if (isTitleOf(sketch, entity)) return false
    const isStub = sure.some(
      ({ name, fields }) => fields.length > 1 && name.startsWith(`${entity.name} `),
    )
    return !isStub && entity.many === true && isNamedToKeep(entity, sketch)
  })
}

/** "Bike workshop jobs." above the one thing that is described names the app. */
function isTitleOf({ said, entities }: Sketch, { name }: EntityDraft): boolean {
  const described = entities.filter(({ fields }) => fields.length > 2)
  return described.length === 1 && singular(said[0]?.toLowerCase() ?? "") === name
}

/** Without fields, it is meant when its clause is about it or lists it with others. */
function isNamedToKeep({ name, clause = "" }: EntityDraft, sketch: Sketch): boolean {
  const listed = sketch.entities.filter((entity) => entity.clause === clause).length > 1
  const head = headIn(clause, sketch)
  return listed || (head !== undefined && head.weight >= 60 && head.noun.name === name)
}

const ignored =
  "Part of the text gives orders to the machine instead of describing records; it was left out."

function sketchOf(text: string, linkable: readonly string[] = []): Sketch {
  const sketch = newSketch()
  sketch.linkable = linkable
  sketch.title = titleOf(text)
  const kinds = withKinds(spokenPlainly(text))
  sketch.leftovers.push(...kinds.aside)
  const statements = statementsOf(withDeeds(kinds.text))
  statements.forEach(({ text: sentence, items }, at) => {
    sketch.ahead = statements.slice(at + 1).map((statement) => statement.text)
    const asked =
      /^(?:so |and |hi |hello |hey )*(?:could|can|would|will|is|are|may|do|does|how about|what about)\b/i
    const clauses = clausesOf(asked.test(sentence) ? sentence.replace(/\?+$/, "") : sentence)
    clauses.forEach((clause, index) => {
      readClause(sketch, clause, index === clauses.length - 1 ? items : [])
      sketch.said.push(clause)
    })
  })
  addDay(sketch, text)
  return sketch
}

function spokenPlainly(text: string): string {
  return withPlainLists(
    withTitledLines(spelledRight(withoutStops(text)))
      .replace(turned, "an app")
      .replace(together, "$1 ")
      .replace(taken, "the $1")
      .replace(purpose, "")
      .replace(arrows, ": ")
      .replace(equals, "$1: ")
      .replace(oneOrOther, (_, each: string, thing: string, at: number, all: string) =>
        all.slice(0, at).toLowerCase().includes(thing.toLowerCase())
          ? `${each} ${thing}:`
          : `${each} one:`,
      )
      .replace(either, "$1")
      .replace(bareName, "$1 the "),
  ).replace(roomStock, "$1 inventory")
}

/** "which medicines Mum is on" */
const taken =
  /\b(?:which|what) (\p{L}{3,}s) (?:my |our )?(?:mum|mom|mother|dad|father|gran|grandma|grandpa|he|she|we|they) (?:(?:is|are|was|were) (?:on|taking|using)|takes?|uses?|has|have)\b/giu
/** "turn this sheet into an app": the order wraps what is asked */
const turned =
  /\b(?:turn|make|convert|transform|change) (?:this|these|that|my|our|the)(?: \p{L}+){0,2} into (?:an?|some) (?:\p{L}+ )?(?:app|application|database|tool|programme|program)\b/giu
/** "so we can all see" */
const together = /\b(can|could|should|will|must|may) (?:all|both|each) (?=\p{L}{3})/giu
/** "so I choose the room instead of typing it" says what for */
const purpose =
  /(?<=\)|\p{L}) so (?:that )?(?:i|we|they|people) (?:choose|pick|select|don't|do not|never|won't|get|stop)\b[^.!?\n,;]*/giu

/** "Yarn = brand, name, colour" */
const equals = /((?:^|[.!?]\s+|\n)\p{Lu}[\p{L} ]{2,20}) = (?=[^.=\n]*,[^.=\n]*,)/gu
/** "for each guest/family" */
const either = /(\b(?:each|every) \p{L}+)\/\p{L}+(?=[:\s])/giu
/** "Model trains. Each loco or wagon: scale, maker" is about each of what was named before */
const oneOrOther = /(?<=[.!?\n]\s?)(each|every) (\p{L}+) or \p{L}+:/giu

/** "for every tenant full name, phone" */
const bareName =
  /(\b(?:for|of) (?:each|every) \p{L}+) (?=(?:(?:full|first|last) )?(?:name|title)\b[^.;\n]*,)/giu

/** "an inventory for my workshop" */
const roomStock =
  /\b(?:inventory|stock list) (?:for|of|in) (?:my|our|the) (kitchen|house|garage|pantry|freezer|cellar|shed|office|workshop|shop|warehouse|studio)(?=\s*(?:$|[.,!?:]))/gi

/** "Clients -> name, email" says the same as a colon. */
const arrows = /\s*(?:[-=]+>|[→⇒⟶➔➜»])\s*/g

/** What is noted every day has a date, whether or not anybody says so. */
function addDay({ entities }: Sketch, text: string): void {
  const [only] = entities
  if (!only || entities.length > 1 || only.fields.length === 0) return
  if (!/\b(?:every ?day|daily|each day|every (?:night|morning|evening|week))\b/i.test(text)) return
  if (only.fields.some(({ type }) => type === "date" || type === "datetime")) return
  only.fields.unshift({ words: "date", label: "Date", type: "date", required: false })
}

const orders =
  /^(?:and |also |please |then |it should |the app should |automatically )*(?:(?:the |my |our |all )?\p{L}+s (?:should|must|can|could|will)(?: also| be able to)* (?:make (?:the |an? )?payments?|pay|chat|upload|log ?in|sign (?:in|up)|vote|comment|receive|get (?:an?|the) (?:e-?mail|sms|message))|send|e-?mail|notify|remind|alert|upload|import|export|print|sync|charge|integrate|translate|scrape|calculate|chat|accept|take payments?|process|handle payments?|draw|display|identify|recogni[sz]e|detect|text (?:me|us|them|people)|tell (?:me|us)|(?:write|compose|summari[sz]e|explain|draft)(?: me| us)? (?:an?|the|to|how|why|what|in)\b(?! (?:list|log|record|app|register))|warn|make (?:it|them) (?:look|pretty))\b/iu

function readClause(sketch: Sketch, spoken: string, items: string[]): void {
  // in an enumeration a question mark says yes or no; elsewhere it says nothing
  const clause = /[,:]/.test(spoken) ? spoken : spoken.replace(/[?\s]+$/, "")
  if (
    orders.test(clause) ||
    /\bclones?\b|\b(?:multi-?player|platformer|shooter|arcade|rpg|snake|tetris|pong) (?:\p{L}+ ){0,2}games?\b/iu.test(
      clause,
    )
  ) {
    sketch.leftovers.push(clause)
    return
  }
  const wish = items.length === 0 ? wishIn(withoutLists(clause)) : undefined
  const declares =
    /\b(?:with|has|have|track|manage|record|log|keep|store|write down|for (?:each|every))\b|[:(]/i.test(
      clause,
    )
  if (
    wish &&
    sketch.entities.length > 0 &&
    (!declares ||
      /^(?:and |also |it |i |we |users? |that |which |so )*(?:should |can |could |want |need |would like |like |be able |am able |to )*(?:to )*(?:filter|search|sort|show|see|mark|tick|suggest|recommend|find|order|list only|only)\b/i.test(
        clause,
      ))
  ) {
    sketch.wishes.push(clause)
    return
  }
  const before = sizeOf(sketch)
  readDeclaration(sketch, clause, items)
  for (const entity of sketch.entities) entity.clause ??= clause
  if (sizeOf(sketch) === before) sketch.leftovers.push(clause)
  if (wish) sketch.wishes.push(clause)
}

/** "status: sent, overdue" and "whether she's marked" describe; they ask for nothing. */
function withoutLists(clause: string): string {
  return clause
    .replace(/\([^)]*\)/g, "")
    .replace(/:[^:]*,[^:]*,.*$/s, "")
    .replace(/\b(?:whether|if)\b[^,]*/gi, "")
}

function sizeOf({ entities }: Sketch): number {
  return entities.reduce((sum, { fields }) => sum + fields.length, entities.length)
}
