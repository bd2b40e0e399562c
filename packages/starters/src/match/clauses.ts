/** Divides a text into parts that may each be one wish: at marks, and where a joining word begins one. */
import { type StarterLanguage, starterLanguages } from "@vibecaas/contract/starter-form"
import asking from "./asking.json" with { type: "json" }
import { isMark, type Passage, setOf, stemsOf, type Token } from "./text.ts"

const cuttingMarks = new Set([...'..!?;:,()[]{}\n"“”„«»|•*–—/&+'])

const wordLists = Object.fromEntries(
  starterLanguages.map((language) => {
    const { small: _, carries: __, ...lists } = asking[language]
    return [
      language,
      Object.fromEntries(Object.entries(lists).map(([name, line]) => [name, setOf(line)])),
    ]
  }),
) as Record<StarterLanguage, Record<WordList, ReadonlySet<string>>>

export type WordList = Exclude<keyof (typeof asking)["en"], "small" | "carries">

/** Whether a word is one of a list, in its language. */
export const isOf = (list: WordList, { low }: Token, language: StarterLanguage): boolean =>
  wordLists[language][list].has(low)

export const wordsOfList = (list: WordList, language: StarterLanguage): ReadonlySet<string> =>
  wordLists[language][list]

const stems = new Map<string, string[]>()

/** The words of a list without their endings. */
export function stemsOfList(list: WordList, language: StarterLanguage): string[] {
  const key = `${language} ${list}`
  const made = stems.get(key) ?? stemsOf(asking[language][list], language)
  stems.set(key, made)
  return made
}

/** Lists go on over commas, lines end; words that only join stand alone. */
export function partsOf(tokens: readonly Token[], language: StarterLanguage): Token[][] {
  const parts: Token[][] = [[]]
  for (const each of tokens) {
    if (isMark(each)) {
      if (cuttingMarks.has(each.text)) parts.push([])
      else parts.at(-1)?.push(each)
    } else if (isOf("and", each, language)) parts.push([each], [])
    else {
      if (isOf("joins", each, language)) parts.push([])
      parts.at(-1)?.push(each)
    }
  }
  return parts.filter((part) => part.some((each) => !isMark(each)))
}

/** From the first word of some tokens to the last. */
export function passageOf(tokens: readonly Token[]): Passage | undefined {
  const words = tokens.filter((each) => !isMark(each))
  const [first, last] = [words[0], words.at(-1)]
  return first && last && { from: first.from, to: last.to }
}

/** What a passage says, with every blank as one space. */
export const saidIn = (text: string, { from, to }: Passage): string =>
  text.slice(from, to).replaceAll(/\s+/g, " ")
