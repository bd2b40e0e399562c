/** What starters can do for a prompt, or in one sentence why nothing can. */
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { type AccountedClause, accountFor } from "./account.ts"
import type { Catalogue, Described, Found } from "./catalogue.ts"
import { isOf } from "./clauses.ts"
import { listIn } from "./read-lists.ts"
import { readValues } from "./read-values.ts"
import sentences from "./sentences.json" with { type: "json" }
import { carrying, setOf, type Token, tokensOf, wordsIn } from "./text.ts"

export type Proposed =
  | {
      outcome: "choices"
      language: StarterLanguage
      /** ids of starters, best first */
      starters: string[]
      /** whether the first one clearly fits */
      clear: boolean
    }
  | { outcome: "declined"; language: StarterLanguage; reason: string }

/** What one starter makes of a prompt. */
export interface Fitting {
  parameters: StarterValues
  clauses: AccountedClause[]
  filler: string[]
}

const startersMax = 5
/** What of the best one's score another must have to be shown. */
const shownFrom = 0.25
/** What part of a prompt's words a starter must know that it does not name. */
const knownFrom = 0.4
/** What part of a prompt's clauses a starter must build to be asked for by a list. */
const enoughBuilt = 0.5
/** How much better than the second a first one must be to fit clearly, and what part of the prompt's words it must know. */
const clearFrom = { score: 1.5, known: 0.34 }

/** Finds starters for a new app. */
export function propose(catalogue: Catalogue, prompt: string): Proposed {
  const asked = read(catalogue, prompt)
  const wrong = wrongWith(asked)
  if (wrong) return decline(asked, wrong)
  const { language } = asked
  const found = catalogue.find(prompt, language)
  const [best, second] = found
  if (asked.isQuestion && (!best?.named || prompt.trim().endsWith("?")))
    return decline(asked, "question")
  const keeper = keeperFor(catalogue, prompt, { language, best })
  const fits = best && (best.named || best.known >= knownFrom)
  if (!fits && !keeper) return decline(asked, "nothing")
  const shown = found
    .filter(({ score }) => fits && score >= shownFrom * best.score)
    .map(({ starter }) => starter.id)
  const starters = [...new Set([...(keeper ? [keeper] : []), ...shown])].slice(0, startersMax)
  const apart = best && (!second || best.score >= clearFrom.score * second.score)
  const alone = fits && best.named && best.known >= clearFrom.known && apart
  return { outcome: "choices", language, starters, clear: keeper !== undefined || alone === true }
}

/**
 * The starter that keeps records, when the prompt spells out the fields of a thing, and the best one
 * would build little of it: "a plant diary: plants with name, place and a photo" asks for no blog.
 */
function keeperFor(
  { keeper }: Catalogue,
  text: string,
  { language, best }: { language: StarterLanguage; best: Found | undefined },
): string | undefined {
  if (!listIn({ text, tokens: tokensOf(text, language), language })) return undefined
  const { clauses } = best?.named ? fit(text, best.starter, language) : { clauses: [] }
  const built = clauses.filter(({ by }) => by.length > 0).length
  return built > 0 && built >= enoughBuilt * clauses.length ? undefined : keeper
}

/** Finds what a prompt changes of an app that a starter made. @param now its parameters' values */
export function proposeChange(
  catalogue: Catalogue,
  prompt: string,
  { starter, now }: { starter: Described; now: StarterValues },
): Proposed {
  const asked = read(catalogue, prompt)
  const wrong = wrongWith(asked)
  if (wrong) return decline(asked, wrong)
  const { language } = asked
  const { parameters } = fit(prompt, starter, language)
  const changes = Object.entries(parameters).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name]),
  )
  if (changes.length > 0)
    return { outcome: "choices", language, starters: [starter.id], clear: true }
  return asked.isQuestion ? decline(asked, "question") : decline(asked, "unchanged", starter)
}

/** The starter that was chosen already, for any prompt that wants something and harms nobody. */
export function proposeChosen(catalogue: Catalogue, prompt: string, id: string): Proposed {
  const asked = read(catalogue, prompt)
  const wrong = wrongWith(asked)
  if (wrong) return decline(asked, wrong)
  return { outcome: "choices", language: asked.language, starters: [id], clear: true }
}

/** Says that no starter made the app that a prompt wants changed. */
export function declineForeign(catalogue: Catalogue, prompt: string): Proposed {
  const asked = read(catalogue, prompt)
  return decline(asked, wrongWith(asked) ?? "foreign")
}

type Reason = Exclude<keyof typeof sentences, "harmful" | "notBuilt" | "otherValue">

interface Asked {
  language: StarterLanguage
  /** words that carry a wish */
  said: Token[]
  isQuestion: boolean
}

function read(catalogue: Catalogue, prompt: string): Asked {
  const language = catalogue.languageOf(prompt)
  const tokens = tokensOf(prompt, language)
  const [first] = wordsIn(tokens)
  const isQuestion = first !== undefined && isOf("questions", first, language)
  return { language, said: carrying(tokens), isQuestion }
}

function wrongWith({ language, said }: Asked): "empty" | "harm" | undefined {
  if (said.length === 0) return "empty"
  const harmful = setOf(sentences.harmful[language])
  return said.some(({ low }) => harmful.has(low)) ? "harm" : undefined
}

const decline = ({ language }: Asked, why: Reason, starter?: Described): Proposed => ({
  ...{ outcome: "declined", language },
  reason: sentences[why][language].replace("{name}", starter?.name[language] ?? ""),
})

/** What a starter would build of a prompt, with the values that the prompt says outright. */
export function fit(prompt: string, starter: Described, language: StarterLanguage): Fitting {
  const values = readValues(prompt, starter, language)
  const parameters = Object.fromEntries(values.map(({ name, value }) => [name, value]))
  return { parameters, ...accountFor(prompt, starter, { language, values }) }
}

/** Why a clause is not built, in the prompt's language. */
export const whyNotBuilt = ({ name }: Described, language: StarterLanguage): string =>
  sentences.notBuilt[language].replace("{name}", name[language])

/** Why a clause is not built that says a value: another one was chosen. @param label the parameter's */
export const whyOtherValue = (label: string, language: StarterLanguage): string =>
  sentences.otherValue[language].replace("{name}", () => label)
