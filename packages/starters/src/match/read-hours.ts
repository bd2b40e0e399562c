/** Opening hours after the words that announce them: "Öffnungszeiten Di-Sa 6-13 Uhr", "open Mon-Fri 9-17, Sat 10-14". */
import { isOf, passageOf } from "./clauses.ts"
import { isCurrency } from "./currencies.ts"
import type { Passage, Prompt, Token } from "./text.ts"

const ends = new Set([...".!?;()\n"])
const partWordsMax = 10
const isTime = /^\d/

/** Each part with a time in it, as long as they follow one another. */
export function hoursIn(
  { text, language }: Prompt,
  after: readonly Token[],
): { value: string[]; last: Token } | undefined {
  const parts: Token[][] = [[]]
  for (const [at, each] of after.entries()) {
    // "9.30" is one token, so that a mark with a blank behind it ends what was said.
    if (ends.has(each.text)) break
    if (each.text === "," || isOf("and", each, language)) parts.push([])
    else parts.at(-1)?.push(each)
    if (at > partWordsMax * 8) break
  }
  const end = parts.findIndex(
    (part) => part.length > partWordsMax || !saysTime(part) || part.some(isCurrency),
  )
  const hours = parts.slice(0, end < 0 ? undefined : end)
  const last = hours.at(-1)?.at(-1)
  const said = hours.flatMap((part) => passageOf(part) ?? []).map((at) => saidAt(text, at))
  return last && said.length > 0 ? { value: said, last } : undefined
}

const clocks = new Set(["am", "pm", "uhr", "h", "heures", "horas", "24"])

/** "walk is 12" says no time: it has two ends, or a word of clocks. */
const saysTime = (part: readonly Token[]) =>
  part.filter((each) => isTime.test(each.text)).length > 1 ||
  (part.some((each) => isTime.test(each.text)) &&
    part.some((each) => clocks.has(each.low) || /\d(am|pm|h|[:.]\d)/.test(each.low)))

const saidAt = (text: string, { from, to }: Passage) => text.slice(from, to)
