/** What of a spec a person can see of their own words: the words of its things, fields and rules. */
import type { Entity, Field } from "../blueprints/index.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import { setOf, singular, wordsOf } from "../reader/words.ts"

const typeWords = new Map(Object.entries(signs.types).map(([type, words]) => [type, setOf(words)]))
const flagWords = setOf(signs.flags)

export const stem = (word: string): string =>
  singular(word.endsWith("'s") ? word.slice(0, -2) : word)

/** The stems of everything in a phrase; "follow-up" is also "follow" and "up". */
export function stemsOf(phrase: string): string[] {
  return wordsOf(phrase).flatMap((word) => [stem(word), ...word.split(/[-.']/).map(stem)])
}

export const entityStems = ({ name, plural, label }: Entity): Set<string> =>
  new Set([name.replaceAll("_", " "), plural.replaceAll("_", " "), label].flatMap(stemsOf))

/** The words of a field: its label, choices, unit and bounds, and the words for its type. */
export function fieldStems(field: Field): Set<string> {
  const { label, choices = [], unit = "", min, max, type } = field
  const said = [
    label,
    unit,
    ...choices,
    String(min ?? ""),
    String(max ?? ""),
    `${min ?? ""}-${max ?? ""}`,
  ]
  const named = typeWords.get(type) ?? []
  return new Set([
    ...said.flatMap(stemsOf),
    ...[...named].map(stem),
    ...(type === "flag" ? flagWords : []),
  ])
}
