/** Fields that are said as questions, "how many they bring", and by who fills them in, "guests put their name". */
import { isOf } from "../clauses.ts"
import { isMark, type Prompt, type Token, wordsIn } from "../text.ts"
import type { Item } from "./loose-items.ts"
import { labelOf, nameLabel, plainField, type ReadField, settled, shapeOf } from "./read-field.ts"
import { askedAloneIn, askedIn, is, isBeyond, typeIn } from "./words.ts"

/** Where somebody gives something: "guests put their name"; "notes" alone are none. */
export const givesAt = (tokens: readonly Token[]): number =>
  tokens.findLastIndex(
    (each, at) =>
      at > 0 && at < tokens.length - 1 && is("gives", each) && tokens[at - 2]?.low !== "s",
  )

/** Without who fills it in and how: "guests put their". */
export function withoutLead(tokens: readonly Token[], { language }: Prompt): Token[] {
  const said = tokens.slice(givesAt(tokens) + 1)
  const isLead = (each: Token) =>
    is("articles", each) ||
    isOf("own", each, language) ||
    (is("leads", each) && !is("asking", each)) ||
    (said.length < tokens.length && is("into", each))
  const start = said.findIndex((each) => !isMark(each) && !isLead(each))
  // German ends with what belongs to the verb: "den Betrag ein".
  const isEnd = language === "de" && is("leads", said.at(-1))
  const rest = start < 0 ? [] : said.slice(start, isEnd ? -1 : undefined)
  // "every evening" says when, and not what.
  return is("each", rest[0]) ? rest.slice(2) : rest
}

const wordsMax = 7

/** What is asked of each; where others are asked beside it one word is enough, "which plant, when". */
export function askedOf(
  { tokens, after }: { tokens: readonly Token[]; after: string },
  next: Pick<Item, "after"> | undefined,
  prompt: Prompt,
): ReadField | undefined {
  const shaped = shapeOf(withoutLead(tokens, prompt), prompt)
  const words = wordsIn(shaped.rest)
  if (words.length > wordsMax) return undefined
  const start = words.findIndex((each) => is("asking", each))
  const isLed = start > 0 && words.slice(0, start).every((each) => each.small)
  const said = isLed && !askedIn(words) ? words.slice(start) : words
  const isOne = after === "asks" || next?.after === "asks"
  const isListed = isOne || after === "," || next?.after === ","
  const type = askedIn(said) ?? (isListed ? askedAloneIn(said) : undefined)
  // "qué se hizo" asks, and "que se pueda buscar" wishes.
  const isPlain = said[0]?.text.toLowerCase() === said[0]?.low
  const isWish = (each: Token) => (isPlain && is("wishing", each)) || isBeyond(each)
  const isLead = next?.after === "asks" && said.slice(1).some((each) => is("gives", each))
  if (!type || isLead || said.slice(1).some(isWish)) return undefined
  const isCounted = type === "decimal" || type === "whole_number"
  const kind = isCounted && typeIn(said) === "money" ? "money" : type
  const end = isOne ? said.findLastIndex((each, at) => at === 0 || !each.small) : said.length - 1
  const label = labelOf(said.slice(0, end + 1), prompt)
  return { tokens, label, ...settled({ ...shaped, type: kind, isGraded: true }) }
}

/** People who give something have a name, where nothing says who. */
export function givers(items: readonly Item[], prompt: Prompt): ReadField[] {
  const isGiven = items.some(({ tokens }) => {
    const at = tokens.findLastIndex((each) => is("gives", each))
    return tokens.slice(0, Math.max(at, 0)).some((each) => is("others", each))
  })
  const fields = items.flatMap((item) => item.fields)
  const isNamed = fields.some(({ tokens, label }) => {
    const words = wordsIn(tokens)
    return words.some((each) => is("whom", each)) || is("names", { low: label.toLowerCase() })
  })
  if (!isGiven || isNamed || fields.length === 0) return []
  return [plainField(nameLabel[prompt.language])]
}
