/** Noun phrases: which words before a mark name a thing. */
import signs from "../lexicon/signs.json" with { type: "json" }
import thingFields from "../lexicon/things.json" with { type: "json" }
import { isContent } from "./fields.ts"
import { phraseOf, type Token } from "./tokens.ts"
import { isPlural, setOf, singular } from "./words.ts"

export interface Phrase {
  /** as spoken: "job applications" */
  words: string
  tokens: Token[]
}

export const each = setOf(signs.each)
export const generic = setOf(signs.generic)
const introduce = setOf(signs.introduce)
const usual: ReadonlyMap<string, string> = new Map(Object.entries(thingFields))
const mostWords = 3

/** What is usually noted about a thing; undefined when the thing is not known. */
export function usualFields(thing: string): string | undefined {
  const one = singular(thing.toLowerCase())
  return usual.get(one) ?? usual.get(one.slice(one.lastIndexOf(" ") + 1))
}

/** The noun phrase that ends a part of a sentence, without a word for the list itself. */
export function lastPhrase(tokens: readonly Token[]): Phrase | undefined {
  let end = tokens.length
  while (end > 0 && !isNaming(tokens[end - 1])) end--
  let from = end
  while (from > 0 && end - from < mostWords && isNaming(tokens[from - 1])) from--
  return phrase(tokens.slice(from, end))
}

/** The noun phrase after "each", up to the first word that is none of it. */
export function phraseAfter(
  tokens: readonly Token[],
  at: number,
  most = mostWords,
): Phrase | undefined {
  let end = at + 1
  while (end < tokens.length && end - at <= most && isNaming(tokens[end])) end++
  return phrase(tokens.slice(at + 1, end))
}

/** Every phrase of a sentence whose last word is a plural or a known thing. */
export function thingsNamed(tokens: readonly Token[]): Phrase[] {
  const found: Phrase[] = []
  let from = 0
  tokens.forEach((token, at) => {
    if (!isNaming(token)) from = at + 1
    if (!isNaming(token) || isNaming(tokens[at + 1])) return
    const one = phrase(tokens.slice(Math.max(from, at + 1 - mostWords), at + 1))
    if (one && (isPlural(lastWord(one.words)) || usualFields(one.words) !== undefined))
      found.push(one)
  })
  return found
}

const isNaming = (token: Token | undefined): boolean =>
  token !== undefined &&
  isContent(token) &&
  !introduce.has(token.low) &&
  Number.isNaN(Number(token.low))

const lastWord = (words: string) => words.slice(words.lastIndexOf(" ") + 1)

/** "plant log" is about plants; a log alone is about nothing. */
function phrase(tokens: Token[]): Phrase | undefined {
  let end = tokens.length
  while (end > 0 && generic.has(singular(tokens[end - 1]?.low ?? ""))) end--
  const only = tokens.at(-1)
  const kept =
    end === 0 && only && (isPlural(only.low) || usual.has(only.low)) ? [only] : tokens.slice(0, end)
  const words = phraseOf(kept).toLowerCase()
  return words.length > 1 ? { words, tokens: kept } : undefined
}
