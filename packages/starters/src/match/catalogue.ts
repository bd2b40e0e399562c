/** Starters as they are asked for: an index of their own words in each language. */
import { type StarterLanguage, starterLanguages } from "@vibecaas/contract/starter-form"
import MiniSearch from "minisearch"
import { modelParameter } from "../files-of.ts"
import type { Starter } from "../starter.ts"
import { partsOf, wordsOfList } from "./clauses.ts"
import {
  alike,
  carrying,
  isPartOf,
  isSmall,
  languageOf,
  phraseOf,
  setOf,
  stemsOf,
  type Token,
  tokensOf,
} from "./text.ts"
import { makeTopics, type Topics } from "./topics.ts"

/** What of a starter is looked at to find and to propose it. */
export type Described = Pick<
  Starter,
  | "id"
  | "name"
  | "summary"
  | "tags"
  | "words"
  | "topics"
  | "of"
  | "includes"
  | "parameters"
  | "presets"
>

export type Parameter = Described["parameters"][number]

export interface Catalogue {
  languageOf(prompt: string): StarterLanguage
  /** the best starters, best first; none when no word of the prompt is one of theirs */
  find(prompt: string, language: StarterLanguage): Found[]
  /** ids of starters that a prompt is near to, which names none */
  near: Topics["near"]
  starter(id: string): Described | undefined
  /** the starter that keeps records of a data model, if there is one */
  keeper: string | undefined
  /** the starter of sites that present something, if there is one */
  site: string | undefined
}

export interface Found {
  starter: Described
  score: number
  /** whether the prompt says a whole word or phrase by which people ask for it */
  named: boolean
  /** whether its first words do */
  namedFirst: boolean
  /** what part of the prompt's words it knows, from 0 to 1 */
  known: number
}

const fields = ["words", "name", "tags", "includes", "summary"] as const
const boost = { words: 4, name: 4, tags: 2, includes: 1, summary: 1 }
/** How much more a starter counts that the prompt names, and names in its first words: "recipes with photos" are recipes. */
const namedCounts = { first: 3, later: 2 }

export function makeCatalogue(starters: readonly Described[]): Catalogue {
  const indexes = new Map(
    starterLanguages.map((language) => [language, indexOf(starters, language)]),
  )
  const own = ownWords(starters)
  const byId = new Map(starters.map((each) => [each.id, each]))
  const heads = new Set(starters.flatMap((each) => headPhrases(each, "de")).flat())
  /** A German compound with the words of starters that it begins or ends with. */
  const partsIn = (language: StarterLanguage) => (word: string) =>
    language === "de" && !heads.has(word)
      ? [word, ...[...heads].filter((each) => isPartOf(each, word))]
      : [word]
  return {
    languageOf: (prompt) => languageOf(prompt, own),
    near: makeTopics(starters).near,
    starter: (id) => byId.get(id),
    keeper: starters.find(modelParameter)?.id,
    site: starters.find(({ tags }) => tags.includes("website"))?.id,
    find(prompt, language) {
      const tokens = tokensOf(prompt, language)
      const said = stemsIn(tokens)
      const first =
        partsOf(tokens, language)
          .map(stemsIn)
          .find((part) => part.length > 0) ?? []
      const hits = indexes.get(language)?.search(said.flatMap(partsIn(language)).join(" ")) ?? []
      return hits
        .flatMap(({ id, score, queryTerms }) => {
          const starter = byId.get(String(id))
          if (!starter || !speaksOf(tokens, starter, language)) return []
          const known = queryTerms.length / said.length
          const namedFirst = names(starter, first, language)
          // One word of a preset says only in the first words what the app is: "a game with a timer" is none.
          const all = [...said, ...appsFor(tokens, language)]
          const named = namedFirst || names({ ...starter, presets: longOf(starter) }, all, language)
          const counts = named ? namedCounts[namedFirst ? "first" : "later"] : 1
          return [{ starter, score: score * counts, named, namedFirst, known }]
        })
        .sort((one, other) => other.score - one.score)
    },
  }
}

const names = (starter: Described, words: readonly string[], language: StarterLanguage) =>
  headPhrases(starter, language).some((phrase) => holds(words, phrase, language))

/** The presets with what of their names is more than one word. */
const longOf = ({ presets = [] }: Described) =>
  presets.map((each) => ({ ...each, words: longIn(each.words) }))

const longIn = (words: Record<StarterLanguage, string[]>) => {
  const only = (language: StarterLanguage) =>
    words[language].filter((phrase) => phraseOf(phrase, language).stems.length > 1)
  return { en: only("en"), de: only("de"), fr: only("fr"), es: only("es") }
}

/** Whether a prompt has what a starter works on: charts of a household's book are no charts of a file. */
function speaksOf(tokens: readonly Token[], { of }: Described, language: StarterLanguage): boolean {
  const said = tokens.map(({ stem }) => stem)
  return (
    of === undefined ||
    [...of[language], ...of.en].some((each) =>
      holds(said, phraseOf(each, language).stems, language),
    )
  )
}

/** What the compounds are apps for that end with a word for one: "Terminbuchung" of "Terminbuchungsseite". */
const appsFor = (tokens: readonly Token[], language: StarterLanguage): string[] =>
  carrying(tokens).flatMap(({ low }) => {
    const end = [...wordsOfList("endings", language)].find(
      (word) => low.endsWith(word) && low.length >= word.length + 5,
    )
    return end ? stemsOf(low.slice(0, -end.length).replace(/s$/, ""), language) : []
  })

const stemsIn = (tokens: readonly Token[]) => carrying(tokens).map(({ stem }) => stem)

function indexOf(starters: readonly Described[], language: StarterLanguage) {
  const index = new MiniSearch({
    fields: [...fields],
    tokenize: (text) => text.split(" ").filter(Boolean),
    processTerm: (term) => term,
    searchOptions: {
      boost,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
      prefix: (term) => term.length >= 5,
    },
  })
  const stems = (texts: readonly string[]) =>
    texts.flatMap((text) => stemsOf(text, language)).join(" ")
  index.addAll(
    starters.map(({ id, name, words, tags, includes, summary, presets = [] }) => ({
      ...{ id, name: stems([name[language], name.en]), tags: stems(tags) },
      words: stems([...words[language], ...words.en]),
      includes: stems([
        ...includes.flatMap((each) => [...each.words[language], ...each.words.en]),
        ...presets.flatMap((each) => [...each.words[language], ...each.does[language]]),
      ]),
      summary: stems([summary[language]]),
    })),
  )
  return index
}

/** The phrases by which people ask for a starter, as stems. */
export const headPhrases = (
  { name, words, presets = [] }: Described,
  language: StarterLanguage,
): string[][] =>
  [
    ...[name[language], name.en, ...words[language], ...words.en],
    ...presets.flatMap((each) => [...each.words[language], ...each.words.en]),
  ].map((phrase) => phraseOf(phrase, language).stems)

/** Whether every word of a phrase is among some words. */
export const holds = (
  said: readonly string[],
  phrase: readonly string[],
  language: StarterLanguage,
): boolean => phrase.every((word) => said.some((each) => alike(each, word, language)))

function ownWords(starters: readonly Described[]) {
  const of = (language: StarterLanguage) => {
    const words = starters.flatMap((each) => [
      ...each.words[language],
      ...(each.topics?.[language].split(" ") ?? []),
      ...each.includes.flatMap((include) => include.words[language]),
      ...(each.presets ?? []).flatMap((preset) => preset.words[language]),
    ])
    const large = [...setOf(words.join(" "))].filter((word) => !isSmall(word, language))
    return new Set(large)
  }
  return { en: of("en"), de: of("de"), fr: of("fr"), es: of("es") }
}
