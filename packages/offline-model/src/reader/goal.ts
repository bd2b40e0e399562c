/**
 * From a goal in English to an app spec and to what of the goal is not in it, or an honest refusal.
 * Explicit lists of things and fields only; the same text always gives the same spec.
 */

import { type Account, divide } from "../account/divide.ts"
import { clausesOf, limitsIn, notBuilt, notesFor, saidIn } from "../account/not-built.ts"
import type { AppSpec } from "../blueprints/index.ts"
import { labelFor } from "../blueprints/names.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import smallWords from "../lexicon/small-words.json" with { type: "json" }
import { readSentence } from "./lists.ts"
import { lastPhrase, type Phrase, thingsNamed, usualFields } from "./phrases.ts"
import { emptySketch, findThing, type Sketch, thingNamed } from "./sketch.ts"
import { type Built, specOf } from "./spec.ts"
import { statementsOf } from "./statements.ts"
import { isSmall, type Token, tokensOf, wordsIn } from "./tokens.ts"
import { grantWish } from "./wishes.ts"
import { isPlural, setOf } from "./words.ts"

export type GoalReading =
  | {
      kind: "app"
      spec: AppSpec
      account: Account
      /** sentences about details nobody named */
      guesses: string[]
    }
  | { kind: "refusal"; reason: string }

const keeping = setOf(
  `${smallWords.soft.keeping} ${smallWords.soft.asking} collection inventory tracker list log diary database catalogue`,
)
const questions = setOf(
  "python script lullaby sing explain poem story essay translate joke capital why what's who's whats",
)
const mostNotes = 12
const ruleNote =
  "The suggestion is a fixed rule over your own records, labelled as a rule; no model is asked."

export function readGoal(text: string): GoalReading {
  const sketch = sketchOf(text)
  if (sketch.things.length === 0) keepNamed(sketch, text)
  if (sketch.things.length === 0) return { kind: "refusal", reason: whyNot(text) }
  const { spec, built } = specOf(sketch, titleOf(text))
  const granted = new Set(
    clausesOf(text).flatMap((clause) => grantWish(spec, clause).map(({ from }) => from)),
  )
  for (const place of titlePlaces(text, spec)) granted.add(place)
  const left = notBuilt(text, built, granted)
  spec.unsupported = shortened(notesFor(left.map((passage) => saidIn(text, passage))))
  const rule = spec.entities.some(({ suggestion }) => suggestion) ? [ruleNote] : []
  return {
    kind: "app",
    spec,
    account: divide(text, left),
    guesses: [...guessesIn(spec, built, sketch), ...rule],
  }
}

function sketchOf(text: string): Sketch {
  const sketch = emptySketch()
  for (const { tokens, items } of statementsOf(text)) {
    if (isAttack(text, tokens) || readSentence(sketch, tokens, items)) continue
    const named = thingsNamed(tokens)
    const last = lastPhrase(tokens)
    sketch.named.push(...named, ...(named.length === 0 && last && tokens.length < 12 ? [last] : []))
  }
  for (const { child, parent } of sketch.belongs)
    for (const name of [child, parent]) bringIn(sketch, name)
  return sketch
}

/** Orders to the machine describe no records: they are left out, and named like all that is. */
function isAttack(text: string, tokens: readonly Token[]): boolean {
  const said = text.slice(tokens[0]?.from, tokens.at(-1)?.to).toLowerCase()
  return signs.attacks.some((each) => said.includes(each))
}

/** What only a relation names is kept too, when it is a known thing. */
function bringIn(sketch: Sketch, name: string): void {
  if (!findThing(sketch, name) && usualFields(name) !== undefined)
    thingNamed(sketch, { words: name, tokens: [] })
}

/** Without any list: the things that a text asks to keep, when such things are known or many. */
function keepNamed(sketch: Sketch, text: string): void {
  const words = wordsIn(tokensOf(text)).map(({ low }) => low)
  if (words.some((word) => questions.has(word)) || !words.some((word) => keeping.has(word))) return
  const known = sketch.named.filter(({ words: thing }) => usualFields(thing) !== undefined)
  const kept: Phrase[] =
    known.length > 0
      ? known
      : sketch.named.filter(({ words: thing }) => isPlural(thing)).slice(0, 1)
  for (const each of kept.slice(0, 3)) if (!isSmall(each.words)) thingNamed(sketch, each)
}

function whyNot(text: string): string {
  const limits = limitsIn(text).slice(0, 3).join(" ")
  const said =
    limits === ""
      ? "I found nothing in it to keep records of."
      : `What I can build is apps that keep records, and this asks for more. ${limits}`
  return `${said} I build apps that keep records, from things and what to note about each. Say for example “books with title, author, pages and a finished flag”.`
}

/** What the text calls its app: a short first part before a colon or full stop, if it is a name. */
function titleOf(text: string): string | undefined {
  const phrase = titlePhrase(text)
  return phrase && phrase.words.length >= 2 ? labelFor(phrase.words) : undefined
}

function titlePhrase(text: string): { words: string; tokens: Token[] } | undefined {
  const [first] = clausesOf(text)
  const content = wordsIn(first ?? []).filter(({ low }) => !articles.has(low))
  if (
    !first ||
    content.length === 0 ||
    content.length > 3 ||
    content.some(({ low }) => greetings.has(low))
  )
    return undefined
  if (limitsIn(content.map(({ low }) => low).join(" ")).length > 0) return undefined
  return { words: content.map((token) => token.text).join(" "), tokens: content }
}

const articles = setOf("a an the my our")
const greetings = setOf(
  `${smallWords.courtesy} ${smallWords.pronouns} ${smallWords.auxiliaries} ${smallWords.prepositions} ${signs.introduce}`,
)

/** The words of the app's own name are built when it shows them. */
function titlePlaces(text: string, { name }: AppSpec): number[] {
  const phrase = titlePhrase(text)
  return phrase && labelFor(phrase.words) === name ? phrase.tokens.map(({ from }) => from) : []
}

function guessesIn({ entities }: AppSpec, built: readonly Built[], sketch: Sketch): string[] {
  const guessed = entities.filter((entity) =>
    built.every((each) => each.entity !== entity || !each.field || each.said.length === 0),
  )
  return guessed.map(({ labelPlural, fields }) => {
    const about = sketch.things.length > 1 ? ` for ${labelPlural.toLowerCase()}` : ""
    return `You named no details${about}, so these are a guess: ${fields.map(({ label }) => label.toLowerCase()).join(", ")}.`
  })
}

/** The app itself says the first of it; the run says all. */
export function shortened(notes: readonly string[]): string[] {
  const more = notes.length - mostNotes
  return more > 0
    ? [
        ...notes.slice(0, mostNotes),
        "There is more that was not built; the run that made this app names all of it.",
      ]
    : [...notes]
}
