/** What starters can do for a prompt, or in one sentence why nothing can. */
import type { StarterLanguage, StarterValues } from "@vibecaas/contract/starter-form"
import { type AccountedClause, accountFor } from "./account.ts"
import type { Catalogue, Described } from "./catalogue.ts"
import { isOf } from "./clauses.ts"
import { readValues } from "./read-values.ts"
import sentences from "./sentences.json" with { type: "json" }
import { carrying, setOf, tokensOf, wordsIn } from "./text.ts"

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
/** How much better than the second a first one must be to fit clearly. */
const clearFrom = 1.5

export function propose(catalogue: Catalogue, prompt: string): Proposed {
  const language = catalogue.languageOf(prompt)
  const decline = (why: "empty" | "question" | "harm" | "nothing"): Proposed => ({
    ...{ outcome: "declined", language, reason: sentences[why][language] },
  })
  const tokens = tokensOf(prompt, language)
  const said = carrying(tokens)
  if (said.length === 0) return decline("empty")
  const harmful = setOf(sentences.harmful[language])
  if (said.some(({ low }) => harmful.has(low))) return decline("harm")
  const found = catalogue.find(prompt, language)
  const [best, second] = found
  const first = wordsIn(tokens)[0]
  const asks = first && isOf("questions", first, language)
  if (asks && (!best?.named || prompt.trim().endsWith("?"))) return decline("question")
  if (!best) return decline("nothing")
  const starters = found
    .filter(({ score }) => score >= shownFrom * best.score)
    .slice(0, startersMax)
    .map(({ starter }) => starter.id)
  const clear = best.named && (!second || best.score >= clearFrom * second.score)
  return { outcome: "choices", language, starters, clear }
}

/** What a starter would build of a prompt, with the values that the prompt says outright. */
export function fit(prompt: string, starter: Described, language: StarterLanguage): Fitting {
  const values = readValues(prompt, starter, language)
  const parameters = Object.fromEntries(values.map(({ name, value }) => [name, value]))
  return { parameters, ...accountFor(prompt, starter, { language, values }) }
}
