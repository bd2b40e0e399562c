/** A text as tokens: words, marks and line ends, each with its place, and the small words known. */
import smallWords from "../lexicon/small-words.json" with { type: "json" }
import { setOf } from "./words.ts"

export interface Token {
  text: string
  low: string
  kind: "word" | "mark" | "line"
  /** place in the text */
  from: number
  to: number
  /** blank on both sides: "a / b" lists, "a/b" chooses */
  spaced: boolean
}

const { about: _, soft: softWords, ...hardWords } = smallWords
const soft = setOf(Object.values(softWords).join(" "))
const small = setOf(Object.values({ ...hardWords, ...softWords }).join(" "))
const mostAlone = 4

/** Whether a word carries no wish of its own beside others. */
export const isSmall = (word: string): boolean => small.has(word)

/**
 * The words of one clause that carry a wish: those that are not small, or, in a short clause that
 * has no others, those that can be all of an item, such as "name", "when" or "who does it".
 */
export function carrying<Word extends { low: string }>(clause: readonly Word[]): Word[] {
  const large = clause.filter(({ low }) => !isSmall(low))
  if (large.length > 0 || clause.length > mostAlone) return large
  return clause.filter(({ low }) => soft.has(low))
}

/** "can't", "kick-off", "1-5", "no." and "y/n" are words; an arrow is one mark. */
const token = /\n|w\/(?=\s)|->|=>|→|[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*|[^\s]/gu

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(token)].map((match) => {
    const [said] = match
    const [from, to] = [match.index, match.index + said.length]
    const spaced = text[from - 1] === " " && text[to] === " "
    const low = said === "w/" ? "with" : said.toLowerCase().replaceAll("’", "'")
    return { text: said, low, kind: kindOf(said), from, to, spaced }
  })
}

function kindOf(said: string): Token["kind"] {
  if (said === "\n") return "line"
  const letter = said[0] ?? ""
  return letter.toLowerCase() !== letter.toUpperCase() ||
    isDigit(letter) ||
    said.length > 2 ||
    isLetter(letter)
    ? "word"
    : "mark"
}

const isDigit = (letter: string) => letter >= "0" && letter <= "9"
const isLetter = (letter: string) => /\p{L}|\p{N}/u.test(letter)

export const wordsIn = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ kind }) => kind === "word")

/** The words among tokens, in lower case. */
export const lows = (tokens: readonly Token[]): string[] => wordsIn(tokens).map(({ low }) => low)

export const has = (tokens: readonly Token[], words: ReadonlySet<string>): boolean =>
  tokens.some(({ low }) => words.has(low))

/** Where two tokens stand apart by something that is no word. */
export const phraseOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ text }, at) => (at > 0 && tokens[at - 1]?.to !== tokens[at]?.from ? ` ${text}` : text))
    .join("")

/**
 * Cuts at the tokens that `isCut` names, outside of brackets; empty parts are left out.
 * @param keep whether such a token begins the next part, or is left out
 */
export function splitAt(
  tokens: readonly Token[],
  isCut: (token: Token, at: number) => boolean,
  keep = false,
): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  tokens.forEach((each, at) => {
    if (opening.has(each.low)) depth++
    if (closing.has(each.low)) depth = Math.max(0, depth - 1)
    const cut = depth === 0 && isCut(each, at)
    if (cut) parts.push([])
    if (!cut || keep) parts.at(-1)?.push(each)
  })
  return parts.filter((part) => part.length > 0)
}

const opening = setOf("( [ {")
const closing = setOf(") ] }")
