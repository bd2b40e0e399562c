/** A text as words, each with its place, and whether two words are the same one, typed badly or bent. */

import { stemmer as english } from "@orama/stemmers/english"
import { stemmer as french } from "@orama/stemmers/french"
import { stemmer as german } from "@orama/stemmers/german"
import { stemmer as spanish } from "@orama/stemmers/spanish"
import { type StarterLanguage, starterLanguages } from "@vibecaas/contract/starter-form"
import { distance } from "fastest-levenshtein"
import { deu, eng, fra, spa } from "stopword"
import asking from "./asking.json" with { type: "json" }

/** Where something stands in a text. */
export interface Passage {
  from: number
  to: number
}

/** Whether something stands in a passage. */
export const within = (inner: Passage, outer: Passage): boolean =>
  inner.from >= outer.from && inner.to <= outer.to

export interface Token extends Passage {
  /** as it was written; a hyphen between blanks is a dash */
  text: string
  /** in small letters without accents */
  low: string
  /** what is left of it without its ending; "" for a mark */
  stem: string
  /** whether it carries no wish of its own */
  small: boolean
}

/** A prompt with its words. */
export interface Prompt {
  text: string
  tokens: readonly Token[]
  language: StarterLanguage
}

const stemmers = { en: english, de: german, fr: french, es: spanish }
const stopWords = { en: eng, de: deu, fr: fra, es: spa }

/** A number with its fraction, a word ("B&B" is one), a line's end, or one mark. */
const token = /\d+(?:[.,]\d+)*|[\p{L}\p{N}]+(?:&\p{L}+)*|\n|[^\s]/gu
/** "€" says as much as "euros". */
const isWord = /^[\p{L}\p{N}\p{Sc}]/u

export const fold = (text: string): string =>
  text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase()

const wordsOf = (line: string): string[] => fold(line).match(/[\p{L}\p{N}]+/gu) ?? []

const once = <Made>(make: (line: string) => Made) => {
  const known = new Map<string, Made>()
  return (line: string): Made => {
    const made = known.get(line) ?? make(line)
    known.set(line, made)
    return made
  }
}

/** The words of a line of words of ours, in small letters without accents. */
export const setOf = once((line): ReadonlySet<string> => new Set(wordsOf(line)))

/** The phrases of a line that semicolons divide, each as such words. */
export const phrasesOf = once((line): readonly string[][] =>
  line
    .split(";")
    .map(wordsOf)
    .filter((words) => words.length > 0),
)

const small = Object.fromEntries(
  starterLanguages.map((language) => {
    const { small: own, carries, numbers } = asking[language]
    const carrying = setOf(`${carries} ${numbers}`)
    const words = setOf(`${stopWords[language].join(" ")} ${own}`)
    return [language, new Set([...words].filter((word) => !carrying.has(word)))]
  }),
) as Record<StarterLanguage, Set<string>>

/** Whether a word carries no wish of its own. English ones stand in any text. */
export const isSmall = (low: string, language: StarterLanguage): boolean =>
  small[language].has(low) || (low.length > 2 && smallEnglish.has(low))

const smallEnglish = setOf(asking.en.small)

export function tokensOf(text: string, language: StarterLanguage): Token[] {
  return [...text.matchAll(token)].map(({ 0: typed, index }) => {
    const said = typed === "-" && isApart(text, index) ? "–" : typed
    const low = fold(said)
    const word = isWord.test(said)
    const stem = word ? stemOf(said, language) : ""
    return {
      ...{ text: said, low, stem, small: word && isSmall(low, language) },
      ...{ from: index, to: index + said.length },
    }
  })
}

/** Whether a mark stands between blanks: "a list - name, price". */
const isApart = (text: string, at: number) => /^\s.\s\D/.test(text.slice(at - 1, at + 3))

/** Without its ending and accents. */
const stemOf = (word: string, language: StarterLanguage): string =>
  wholeWords[language].has(fold(word))
    ? fold(word)
    : fold(stemmers[language](word.toLowerCase())) || fold(word)

/** Words whose stem is another word's. */
const wholeWords = {
  en: setOf(asking.en.whole),
  de: setOf(asking.de.whole),
  fr: setOf(asking.fr.whole),
  es: setOf(asking.es.whole),
}

export const isMark = ({ stem }: Token): boolean => stem === ""

export const wordsIn = (tokens: readonly Token[]): Token[] => tokens.filter((each) => !isMark(each))

/** Words that carry a wish. */
export const carrying = (tokens: readonly Token[]): Token[] =>
  tokens.filter((each) => !isMark(each) && !each.small)

/** The stems of a phrase, without small words where it has others. */
export function stemsOf(phrase: string, language: StarterLanguage): string[] {
  const words = wordsIn(tokensOf(phrase, language))
  const large = words.filter((each) => !each.small)
  return (large.length > 0 ? large : words).map(({ stem }) => stem)
}

interface Phrase {
  tokens: readonly Token[]
  stems: string[]
}

const phrases = new Map<string, Phrase>()

/** A phrase of a starter's own, which each prompt is held against: taken apart once. */
export function phraseOf(text: string, language: StarterLanguage): Phrase {
  const key = `${language} ${text}`
  const known = phrases.get(key)
  if (known) return known
  const made = { tokens: tokensOf(text, language), stems: stemsOf(text, language) }
  phrases.set(key, made)
  return made
}

/** Short words have too many neighbours: "recover" is no "remove" typed badly, nor "multiplayer" a "multiplier". */
const [shortEnough, longEnough] = [5, 6]
const compoundPart = 5

/** Whether two stems are of one word: the same, one typed badly, or a German compound of the known one. */
export function alike(said: string, known: string, language: StarterLanguage): boolean {
  if (isTyped(said, known)) return true
  if (isDigits.test(said) || isDigits.test(known)) return false
  return language === "de" && (isHeadOf(known, said) || isHeadOf(said, known))
}

/** Whether two stems are of one word, perhaps typed badly. */
export function isTyped(said: string, known: string): boolean {
  if (said === known) return true
  if (isDigits.test(said) || isDigits.test(known)) return false
  const short = Math.min(said.length, known.length)
  const long = Math.max(said.length, known.length)
  if (short < shortEnough || long < longEnough || said[0] !== known[0]) return false
  return distance(said, known) <= (short >= 10 ? 2 : 1)
}

/** Whether a compound begins with a word. */
export const beginsWith = (word: string, compound: string): boolean =>
  word.length >= compoundPart && compound.startsWith(word)

/** What a German compound is one of stands at its end: a contact form is a form, and no contact. */
const isHeadOf = (word: string, compound: string) =>
  word.length >= compoundPart && compound.endsWith(word)

/** Whether a compound begins or ends with a word. */
export const isPartOf = (word: string, compound: string): boolean =>
  word.length >= compoundPart && (compound.startsWith(word) || compound.endsWith(word))

const isDigits = /^\d/

/** The language whose small words a text has most of; `own` breaks ties and short texts. */
export function languageOf(
  text: string,
  own: Record<StarterLanguage, ReadonlySet<string>>,
): StarterLanguage {
  const words = fold(text).match(/[\p{L}]+/gu) ?? []
  const points = (language: StarterLanguage) =>
    words.filter((word) => small[language].has(word)).length +
    0.9 * words.filter((word) => own[language].has(word)).length
  return starterLanguages.reduce((best, each) => (points(each) > points(best) ? each : best))
}
