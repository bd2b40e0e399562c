/** English words: number, the parts of a phrase, and names that are safe as identifiers. */
import lexicon from "../lexicon/words.json" with { type: "json" }

const singulars = new Map(Object.entries(lexicon.irregular))
const plurals = new Map(Object.entries(lexicon.irregular).map(([many, one]) => [one, many]))
const unchanging = new Set(lexicon.unchanging)

/** The set of words in a line of a lexicon. */
export const setOf = (line: string): ReadonlySet<string> => new Set(line.split(" "))

/** The words of a phrase in lower case, without marks around them. */
export function wordsOf(phrase: string): string[] {
  return (
    phrase
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}]+(?:['.-][\p{L}\p{N}]+)*/gu) ?? []
  )
}

/** The singular of the last word: "job applications" → "job application". */
export const singular = (phrase: string): string => onLastWord(phrase, singularWord)
export const plural = (phrase: string): string => onLastWord(phrase, pluralWord)
export const isPlural = (word: string): boolean => word.length > 3 && singularWord(word) !== word

function singularWord(word: string): string {
  const low = word.toLowerCase()
  const known = singulars.get(low)
  if (known !== undefined) return known
  if (unchanging.has(low) || !low.endsWith("s") || low.length < 4) return word
  if (low.endsWith("ies")) return `${word.slice(0, -3)}y`
  if (["ches", "shes", "xes", "sses", "zes", "oes"].some((end) => low.endsWith(end)))
    return word.slice(0, -2)
  return ["ss", "us", "is"].some((end) => low.endsWith(end)) ? word : word.slice(0, -1)
}

function pluralWord(word: string): string {
  const low = word.toLowerCase()
  const known = plurals.get(low)
  if (known !== undefined) return known
  if (singularWord(low) !== low || unchanging.has(low)) return word
  if (low.endsWith("y") && !"aeiou".includes(low.at(-2) ?? "a")) return `${word.slice(0, -1)}ies`
  return ["s", "x", "z", "ch", "sh"].some((end) => low.endsWith(end)) ? `${word}es` : `${word}s`
}

function onLastWord(phrase: string, change: (word: string) => string): string {
  const at = phrase.lastIndexOf(" ") + 1
  return phrase.slice(0, at) + change(phrase.slice(at))
}
