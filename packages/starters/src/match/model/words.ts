/** The words by which a data model is said, as sets. */
import type { FieldType } from "@vibecaas/contract/data-model"
import { phrasesOf, setOf, type Token } from "../text.ts"
import words from "./words.json" with { type: "json" }

const { about: _, types, weak, asks, ...lists } = words

const sets = new Map(
  Object.entries(lists).map(([name, line]) => [name, new Set([...setOf(line), ...marksIn(line)])]),
)

/** A list of words, such as those that begin a change. */
export type ModelWords = keyof typeof lists

export const is = (list: ModelWords, token: Pick<Token, "low"> | undefined): boolean =>
  token !== undefined && sets.get(list)?.has(token.low) === true

/** Signs stand in a list between blanks, as words do. */
function marksIn(line: string): string[] {
  return line.split(" ").filter((each) => /^[^\p{L}\p{N}]$/u.test(each))
}

const typed = (lines: Record<string, string>) =>
  // The file's keys are types of fields; a test holds them against the contract.
  Object.entries(lines).map(([type, line]) => [type as FieldType, setOf(line)] as const)
const strong = typed(types)
const others = typed(weak)

/** The type that words say; nothing when they name none. The last word says most. */
export function typeIn(tokens: readonly Token[]): FieldType | undefined {
  const of = (known: typeof strong, has: (word: string, set: ReadonlySet<string>) => boolean) =>
    known.find(([, set]) => tokens.some(({ low }) => has(low, set)))?.[0]
  const exact = (word: string, set: ReadonlySet<string>) => set.has(word)
  return of(strong, exact) ?? lastOf(tokens) ?? of([...strong, ...others], endsLike)
}

const lastOf = (tokens: readonly Token[]) =>
  tokens.toReversed().flatMap(({ low }) => others.find(([, set]) => set.has(low))?.[0] ?? [])[0]

const fieldWords = new WeakMap<Token, boolean>()

/** Whether a word names a field, at least beside others; asked often of each word. */
export function isFieldWord(each: Token): boolean {
  const known = fieldWords.get(each) ?? (is("loose", each) || typeIn([each]) !== undefined)
  fieldWords.set(each, known)
  return known
}

const asked = Object.entries(asks).flatMap(([type, line]) =>
  // The file's keys are types of fields; a test holds them against the contract.
  phrasesOf(line).map((words) => ({ type: type as FieldType, words })),
)
const longest = asked.toSorted((one, other) => other.words.length - one.words.length)

/** The type of a field that is said as a question, "how many they bring"; one word more than the question at least, but for times. */
export function askedIn(words: readonly Token[]): FieldType | undefined {
  const found = longest.find(({ words: phrase }) =>
    phrase.every((word, at) => words[at]?.low === word),
  )
  if (!found) return undefined
  return words.length > found.words.length || found.type === "date" ? found.type : undefined
}

/** The same of a question without any more, "who", which is a field only beside others. */
export const askedAloneIn = (words: readonly Token[]): FieldType | undefined =>
  longest.find(
    ({ words: phrase }) =>
      phrase.length === words.length && phrase.every((word, at) => words[at]?.low === word),
  )?.type

/** Whether no field can hold it; German puts what something is at the end of a word: "Balkendiagramm". */
export function isBeyond(each: Token): boolean {
  const known =
    beyond.get(each) ??
    (is("beyond", each) ||
      is("alphabet", each) ||
      endsLike(each.low, sets.get("beyond") ?? new Set()))
  beyond.set(each, known)
  return known
}

const beyond = new WeakMap<Token, boolean>()

const partMin = 4

/** German puts what something is at the end of a word: "Kaufdatum". */
const endsLike = (word: string, set: ReadonlySet<string>) =>
  [...set].some(
    (part) => part.length >= partMin && word.length > part.length + 2 && word.endsWith(part),
  )
