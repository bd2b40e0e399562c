/** Divides a goal into its clauses, built or not, and what asks for nothing: together all that it says. */
import { carrying, type Token, tokensOf, wordsIn } from "../reader/tokens.ts"
import { setOf } from "../reader/words.ts"
import { clausesOf, cutAt, type Passage, passageOf, saidIn, whyNotBuilt } from "./not-built.ts"

export interface Clause {
  /** as the goal says it, with every blank as one space */
  words: string
  /** why it is not built; absent when it is */
  notBuilt?: string
}

export interface Account {
  clauses: Clause[]
  filler: string[]
}

const sentenceEnds = setOf(". ! ? ; \n")
const joining = setOf("and or with plus but then")

/** @param left the passages that are not built, in the order of the text */
export function divide(text: string, left: readonly Passage[]): Account {
  const account: Account = { clauses: [], filler: [] }
  let at = 0
  for (const each of left) {
    const passage = withSmallWords(text, each, at)
    addBuilt(account, text, { from: at, to: passage.from })
    const words = saidIn(text, passage)
    account.clauses.push({ words, notBuilt: whyNotBuilt(words) })
    at = passage.to
  }
  addBuilt(account, text, { from: at, to: text.length })
  return account
}

/**
 * "Only I can" asks for nothing by itself, and belongs to the "post" after it.
 *
 * @param at where the passage before ends
 */
function withSmallWords(text: string, passage: Passage, at: number): Passage {
  const tokens = tokensOf(text.slice(at, passage.from))
  const near = tokens.slice(1 + tokens.findLastIndex(({ low }) => breaks.has(low)))
  const words = wordsIn(near)
  const first = words[words.findIndex(({ low }) => !joining.has(low))]
  if (!first || carrying(words).length > 0) return passage
  return { ...passage, from: at + first.from }
}

const breaks = setOf(". ! ? ; : , ( ) \n")

/** What stands between passages that are not built, sentence by sentence. */
function addBuilt(account: Account, text: string, { from, to }: Passage): void {
  const part = text.slice(from, to)
  for (const sentence of cutAt(tokensOf(part), ({ low }) => sentenceEnds.has(low))) {
    const words = wordsIn(sentence)
    const end = 1 + words.findLastIndex(({ low }) => !joining.has(low))
    const [said, joins] = [words.slice(0, end), words.slice(end)]
    const place = passageOf(said)
    if (place) {
      const passage = saidIn(part, place)
      if (wishesIn(passage)) account.clauses.push({ words: passage })
      else account.filler.push(passage)
    }
    account.filler.push(...joins.map((join: Token) => join.text))
  }
}

const wishesIn = (said: string) =>
  clausesOf(said).some((clause) => carrying(wordsIn(clause)).length > 0)
