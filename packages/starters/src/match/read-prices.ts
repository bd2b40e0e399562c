/** Prices with what they are for, "drop in $18, monthly $120", each as a line `Name | price / per`. */
import type { Announcement } from "./announcements.ts"
import { isOf } from "./clauses.ts"
import { currencyIn } from "./currencies.ts"
import { isNumber, type Said, type SaidPart } from "./said.ts"
import { isMark, type Passage, type Prompt, type Token, wordsIn } from "./text.ts"

const cuts = new Set([...'.,;:!?()[]\n"“”„«»|•*–—'])
const nameWordsMax = 4

interface Price {
  line: string
  at: Passage
}

/** All prices of a prompt; none where one is said in a way that is not understood. */
export function pricesIn(prompt: Prompt, announced: readonly Announcement[]): Said[] {
  const announcing = new Set(announced.flatMap(({ start, end }) => prompt.tokens.slice(start, end)))
  const segments = segmentsOf(prompt)
  const first = segments.find((segment) => segment.some((each) => !isMark(each) && !each.small))
  const prices: Price[] = []
  let lead: Token | undefined
  for (const segment of segments) {
    const isAnnounced = segment.some((each) => announcing.has(each))
    const found = amountsIn(segment, prompt)
    const [amount] = found
    if (amount) {
      const price = { segment, amount, lead, announcing }
      const read =
        (isAnnounced || segment !== first) && found.length === 1 && priceOf(prompt, price)
      if (!read) return []
      prices.push(read)
    }
    const isLead = isAnnounced && wordsIn(segment).every((each) => isLeading(each, announcing))
    lead = isLead && !amount ? segment.find((each) => !isMark(each) && !each.small) : undefined
  }
  const [one] = prices
  if (!one) return []
  const parts: SaidPart[] = prices.map(({ at }) => ({ at }))
  return [{ value: prices.map(({ line }) => line), at: one.at, parts }]
}

/** "3 prices" says nothing beyond those that follow. */
const isLeading = (each: Token, announcing: ReadonlySet<Token>) =>
  each.small || announcing.has(each) || isNumber.test(each.text)

/** What marks and joining words divide. */
function segmentsOf({ tokens, language }: Prompt): Token[][] {
  const segments: Token[][] = [[]]
  for (const each of tokens) {
    if (cuts.has(each.text) || isOf("and", each, language)) segments.push([])
    else {
      if (isOf("joins", each, language)) segments.push([])
      segments.at(-1)?.push(each)
    }
  }
  return segments
}

/** Places in a segment of numbers beside a currency, with the currency. */
function amountsIn(segment: readonly Token[], prompt: Prompt): { start: number; end: number }[] {
  const currencies = new Set(currencyIn(prompt).map(({ at }) => at.from))
  const isCurrency = (each: Token | undefined) => each !== undefined && currencies.has(each.from)
  return segment.flatMap((each, at) => {
    if (!isNumber.test(each.text)) return []
    if (isCurrency(segment[at + 1])) return [{ start: at, end: at + 2 }]
    return isCurrency(segment[at - 1]) ? [{ start: at - 1, end: at + 1 }] : []
  })
}

interface Found {
  segment: Token[]
  amount: { start: number; end: number }
  /** the word before the segment that announces it */
  lead: Token | undefined
  announcing: ReadonlySet<Token>
}

function priceOf(prompt: Prompt, { segment, amount, lead, announcing }: Found): Price | undefined {
  const { language } = prompt
  const tail = segment.slice(amount.end)
  const per = tail[0]?.text === "/" || (tail[0] && isOf("per", tail[0], language))
  const before = segment.slice(0, amount.start)
  const starts = before.at(-1)
  const from = starts && isOf("atLeast", starts, language) ? amount.start - 1 : amount.start
  const said = before.slice(0, from).filter((each) => !announcing.has(each))
  const rest = per ? said : [...said, ...tail]
  // "a budget of 500 €" is no price.
  const last = before[from - 1]
  const leads = !last?.small || announcing.has(last) || isOf("costs", last, language)
  const isSaid = lead !== undefined || segment.some((each) => announcing.has(each))
  const name = trimmed(rest, language)
  const both = !per && trimmed(said, language).length > 0 && trimmed(tail, language).length > 0
  if (both || name.length > nameWordsMax || (!isSaid && (!leads || name.length === 0)))
    return undefined
  const end =
    (per || trimmed(tail, language).length > 0 ? tail.at(-1) : undefined) ?? segment[amount.end - 1]
  const begin = lead ?? segment.find((each) => announcing.has(each) || !each.small)
  if (!begin || !end) return undefined
  const price = textOf(prompt, segment.slice(from, amount.end))
  const line = `${textOf(prompt, name)} | ${price}${per ? ` / ${textOf(prompt, tail.slice(1))}` : ""}`
  return { line: line.trim(), at: { from: begin.from, to: end.to } }
}

/** Without small words before, and what only leads to a price behind: "drop in" of "a drop in for". */
function trimmed(tokens: readonly Token[], language: Prompt["language"]): Token[] {
  const start = tokens.findIndex((each) => !isMark(each) && !each.small)
  const end = tokens.findLastIndex((each) => !isMark(each) && !isOf("costs", each, language))
  return start < 0 ? [] : tokens.slice(start, end + 1)
}

function textOf({ text }: Prompt, tokens: readonly Token[]): string {
  const [first, last] = [tokens[0], tokens.at(-1)]
  return first && last ? text.slice(first.from, last.to).replaceAll(/[\s|]+/g, " ") : ""
}
