/** The words by which a data model is said, as sets. */
import type { FieldType } from "@vibecaas/contract/data-model"
import { setOf, type Token } from "../text.ts"
import words from "./words.json" with { type: "json" }

const { about: _, types, weak, ...lists } = words

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

const partMin = 4

/** German puts what something is at the end of a word: "Kaufdatum". */
const endsLike = (word: string, set: ReadonlySet<string>) =>
  [...set].some(
    (part) => part.length >= partMin && word.length > part.length + 2 && word.endsWith(part),
  )
