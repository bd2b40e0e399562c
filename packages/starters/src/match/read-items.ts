/** Lists as people write them: "columns: Ideas, Doing and Done", "daily habits (water, reading)". */
import { starterLanguages } from "@vibecaas/contract/starter-form"
import { type Announcement, after, whole } from "./announcements.ts"
import { isOf, passageOf } from "./clauses.ts"
import { is } from "./model/words.ts"
import { isCapital, isNumber, type Said } from "./said.ts"
import { type Passage, type Prompt, type Token, wordsIn } from "./text.ts"

const itemWordsMax = 6

/** "columns: Ideas, Doing and Done": after a colon, or with a comma between. */
export function listAfter(prompt: Prompt, words: Announcement): Said[] {
  const { rest, led } = inBrackets(after(prompt, words))
  // "rooms and who is online", "rooms, history" and "rooms for each class, history" go on to something else.
  const [next] = rest
  if (!led && next && (next.small || next.text === "," || isOf("and", next, prompt.language)))
    return []
  const items: Token[][] = [[]]
  let commas = 0
  for (const each of rest) {
    if (listEnds.has(each.text)) break
    const isComma = each.text === "," || each.text === "/"
    const isAnd = isOf("and", each, prompt.language)
    if (isOf("joins", each, prompt.language) && !isAnd) break
    if (isComma) commas++
    if (isComma || isAnd) items.push([])
    else items.at(-1)?.push(each)
  }
  const kept = items.filter((item) => item.length > 0)
  const capitals = isCapital.test(kept[0]?.[0]?.text ?? "")
  const end = kept.findIndex((item, at) => !isItem(item, { capitals, isFirst: at === 0 }))
  const told = kept.slice(0, end < 0 ? undefined : end)
  const list = told.slice(0, countBefore(prompt, words))
  const last = list.at(-1)?.at(-1)
  if (!last || (!led && commas === 0) || list.length < 2) return []
  const value = list.flatMap((item) => {
    const at = passageOf(item)
    return at ? [prompt.text.slice(at.from, at.to)] : []
  })
  return [{ value, at: withCount(prompt, { words, last, count: value.length }) }]
}

/** "daily habits (water, reading)", "we are 3: Ana, Luis": what stands in brackets or after a colon, after one more word at most. */
function inBrackets(said: { rest: Token[]; led: boolean }): { rest: Token[]; led: boolean } {
  const open = said.rest.slice(0, 2).findIndex(({ text }) => text === "(")
  if (open < 0 && isNumber.test(said.rest[0]?.text ?? "") && said.rest[1]?.text === ":")
    return { rest: said.rest.slice(2), led: true }
  // "habit tracker: water, reading"
  if (open < 0 && said.rest[1]?.text === ":") return { rest: said.rest.slice(2), led: true }
  if (open < 0) return said
  const inside = said.rest.slice(open + 1)
  const close = inside.findIndex(({ text }) => text === ")")
  return { rest: inside.slice(0, close < 0 ? undefined : close), led: true }
}

/** "no signup" is a wish in any language. */
const negates = (each: Token) =>
  starterLanguages.some((language) => isOf("negates", each, language))

/** "and you can drag cards" is no item any more, nor is "and a calendar" after "Open, Done". */
function isItem(item: readonly Token[], list: { capitals: boolean; isFirst: boolean }): boolean {
  const said = wordsIn(item)
  const [first] = said
  if (!first || said.length > itemWordsMax || negates(first)) return false
  // In small letters, what apps do and how many of it is a wish: "open, done, 20 users, notifications".
  const isWish = (each: Token) => is("beyond", each) || isNumber.test(each.text)
  if (!list.isFirst && !list.capitals && item.some(isWish)) return false
  if (list.isFirst || !first.small || isCapital.test(first.text)) return true
  return !list.capitals && said.length <= 2
}

const listEnds = new Set([...".!?;()\n"])

/** "3 columns: open, doing, done, deadlines" has three. */
function countBefore({ tokens }: Prompt, { start }: Announcement): number | undefined {
  const before = tokens[start - 1]
  return before && isNumber.test(before.text) ? Number(before.text) : undefined
}

/** "3 columns" says nothing beyond the three that follow. */
function withCount(
  prompt: Prompt,
  { words, last, count }: { words: Announcement; last: Token; count: number },
): Passage {
  const before = prompt.tokens[words.start - 1]
  const start = before?.text === String(count) ? words.start - 1 : words.start
  return whole(prompt, { ...words, start }, last)
}
