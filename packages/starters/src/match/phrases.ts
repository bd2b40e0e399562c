/** The words of a starter that each clause is held against, taken apart once for each language. */
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import type { Described } from "./catalogue.ts"
import { isOf } from "./clauses.ts"
import { stemsOf, tokensOf } from "./text.ts"

interface Phrase {
  stems: string[]
  /** whether it says that something is left out: "no JavaScript" */
  negates: boolean
}

export interface IncludePhrases extends Pick<Described["includes"][number], "id" | "needs"> {
  phrases: Phrase[]
  /** the words by which it is told */
  says: string[]
}

const known = new WeakMap<Described, Map<StarterLanguage, IncludePhrases[]>>()

/** What people say for each include, in their language and in English. */
export function includePhrases(starter: Described, language: StarterLanguage): IncludePhrases[] {
  const languages = known.get(starter) ?? new Map<StarterLanguage, IncludePhrases[]>()
  known.set(starter, languages)
  const made = languages.get(language) ?? starter.includes.map((each) => taken(each, language))
  languages.set(language, made)
  return made
}

function taken(
  { id, needs, words, says }: Described["includes"][number],
  language: StarterLanguage,
): IncludePhrases {
  const phrases = [...words[language], ...words.en].map((text) => ({
    stems: stemsOf(text, language),
    negates: tokensOf(text, language).some((each) => isOf("negates", each, language)),
  }))
  return { id, needs, phrases, says: stemsOf(says[language], language) }
}
