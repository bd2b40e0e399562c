import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import { starterCategories } from "@vibecaas/contract/starter-form"
import type { Starter } from "@vibecaas/starters/starter"
import { isOwn } from "./own-starters.ts"

export interface StarterSearch {
  search?: string | undefined
  category?: StarterSummary["category"] | undefined
  tag?: string | undefined
  stack?: StarterSummary["stack"] | undefined
}

/**
 * Starters that fit, the best match of the searched words first; without words an organization's own first, then by category and name.
 * Words are looked for in every language, by their beginnings, without accents. When no starter has
 * all of them, those that have some are answered.
 */
export function searchStarters(all: readonly Starter[], wanted: StarterSearch): Starter[] {
  const { search = "", category, tag, stack } = wanted
  const fitting = all.filter(
    (each) =>
      (!category || each.category === category) &&
      (!stack || each.stack === stack) &&
      (!tag || each.tags.includes(tag)),
  )
  const terms = wordsOf(search)
  if (terms.length === 0) return fitting.sort(byCategory)
  const scored = fitting
    .map((starter) => ({ starter, ...scoreOf(textsOf(starter), terms) }))
    .filter(({ found }) => found > 0)
    .sort((a, b) => b.found - a.found || b.score - a.score || byCategory(a.starter, b.starter))
  const whole = scored.filter(({ found }) => found === terms.length)
  return (whole.length > 0 ? whole : scored).map(({ starter }) => starter)
}

const byCategory = (one: Starter, other: Starter) =>
  Number(isOwn(other.id)) - Number(isOwn(one.id)) ||
  starterCategories.indexOf(one.category) - starterCategories.indexOf(other.category) ||
  one.name.en.localeCompare(other.name.en)

/** Each of the searched words counts as much as the best place where it is found. */
function scoreOf(texts: readonly WeighedText[], terms: readonly string[]) {
  const best = terms.map((term) =>
    Math.max(
      0,
      ...texts
        .filter(({ words }) => words.some((word) => word.startsWith(term)))
        .map(({ weight }) => weight),
    ),
  )
  const score = best.reduce((sum, weight) => sum + weight, 0)
  return { found: best.filter((weight) => weight > 0).length, score }
}

interface WeighedText {
  weight: number
  words: string[]
}

const textsOfStarters = new WeakMap<Starter, WeighedText[]>()

function textsOf(starter: Starter): WeighedText[] {
  const kept = textsOfStarters.get(starter)
  if (kept) return kept
  const { name, tags, words, summary, includes, category, stack, description } = starter
  const texts: [number, string[]][] = [
    [8, Object.values(name)],
    [6, tags],
    [5, Object.values(words).flat()],
    [3, [...Object.values(summary), category, stack]],
    [
      2,
      includes
        .flatMap((each) => [each.says, each.words])
        .flatMap((all) => Object.values(all).flat()),
    ],
    [1, [description]],
  ]
  const weighed = texts.map(([weight, all]) => ({ weight, words: wordsOf(all.join(" ")) }))
  textsOfStarters.set(starter, weighed)
  return weighed
}

const wordsOf = (text: string) => [
  ...new Set(
    text
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean),
  ),
]
