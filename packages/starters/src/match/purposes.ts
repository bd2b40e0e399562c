/** What a clause says an app is for, and whether that is who has it: "for our team". */
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import { isOf, stemsOfList } from "./clauses.ts"
import { alike, isMark, type Token } from "./text.ts"

export interface Purpose {
  /** places among the tokens of the clause, the end left out */
  from: number
  to: number
  /** whether it names people or a body of them, and not what the app is about */
  isHolder: boolean
}

/** Up to the words that say where or when: "for our team" of "for our team in May". */
export function purposeAfter(
  part: readonly Token[],
  head: number,
  language: StarterLanguage,
): Purpose | undefined {
  const from = part.findIndex((each, at) => at > head && isOf("purposes", each, language))
  if (from < 0) return undefined
  const articled = part.slice(from, from + 1).some((each) => isOf("articled", each, language))
  const first = part.slice(from + 1).findIndex((each) => !each.small && !isMark(each))
  if (first < 0) return undefined
  const start = from + 1 + first
  const isEnd = (each: Token) => isOf("whereabouts", each, language) || isOf("only", each, language)
  const end = part.findIndex((each, at) => at > start && isEnd(each))
  const to = end < 0 ? part.length : end
  const said = part.slice(start, to).filter((each) => !isMark(each) && !each.small)
  // Some languages put what somebody is first, others last.
  const noun = language === "en" || language === "de" ? said.at(-1) : said[0]
  const isHolder = noun !== undefined && isHolding(noun, language)
  // "for recipes" says what is in it, a word after the other.
  return isHolder || start > from + 1 || articled ? { from, to, isHolder } : undefined
}

const isHolding = ({ stem }: Token, language: StarterLanguage) =>
  stemsOfList("holders", language).some((each) => alike(stem, each, language))
