/** Which starters a prompt is near to that names none: an index of their topics in each language. */
import { type StarterLanguage, starterLanguages } from "@vibecaas/contract/starter-form"
import MiniSearch from "minisearch"
import type { Starter } from "../starter.ts"
import { headingIn } from "./heading.ts"
import { carrying, fold, isSmall, stemsOf, type Token } from "./text.ts"

/** How much more the words count that say what the app is. */
const headingCounts = 3
/** What of the best one's score another must have. */
const nearFrom = 0.4
/** How many letters stand before an end of a compound. */
const beforeEnd = 3

/** What is looked at of a starter. */
type About = Pick<Starter, "id" | "topics">

export interface Topics {
  /** ids of starters, nearest first; none when no word is a topic of any */
  near(tokens: readonly Token[], language: StarterLanguage): string[]
}

export function makeTopics(starters: readonly About[]): Topics {
  const indexes = new Map(starterLanguages.map((each) => [each, indexOf(starters, each)]))
  return {
    near(tokens, language) {
      const { search, ends } = indexes.get(language) ?? indexOf(starters, language)
      const heading = new Set(carrying(headingIn({ tokens, language })).map(({ low }) => low))
      const score = new Map<string, number>()
      for (const each of carrying(tokens))
        for (const term of [each.stem, ...ends.filter((end) => endsWith(each.low, end))])
          for (const { id, score: more } of search(term)) {
            const counts = heading.has(each.low) ? headingCounts : 1
            score.set(String(id), (score.get(String(id)) ?? 0) + counts * more)
          }
      const best = Math.max(0, ...score.values())
      return [...score]
        .filter(([, each]) => each >= nearFrom * best)
        .sort(([, one], [, other]) => other - one)
        .map(([id]) => id)
    },
  }
}

const endsWith = (low: string, end: string) =>
  low.length >= end.length - 1 + beforeEnd && low.endsWith(end.slice(1))

function indexOf(starters: readonly About[], language: StarterLanguage) {
  const termsOf = ({ topics }: About) =>
    (topics?.[language] ?? "").split(" ").flatMap((word) => {
      if (word.startsWith("-")) return [fold(word)]
      const plain = fold(word)
      return isSmall(plain, language) ? [] : stemsOf(word, language)
    })
  const index = new MiniSearch<{ id: string; topics: string }>({
    fields: ["topics"],
    tokenize: (text) => text.split(" ").filter(Boolean),
    processTerm: (term) => term,
    // A starter is no farther away for having many topics.
    searchOptions: { bm25: { k: 1.2, b: 0, d: 0.5 } },
  })
  index.addAll(starters.map((each) => ({ id: each.id, topics: termsOf(each).join(" ") })))
  const ends = [...new Set(starters.flatMap(termsOf))].filter((term) => term.startsWith("-"))
  const search = (term: string) =>
    index.search(term, { fuzzy: term.length >= 6 && !term.startsWith("-") ? 0.17 : false })
  return { search, ends }
}
