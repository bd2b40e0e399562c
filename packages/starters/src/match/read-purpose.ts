/** What an app is for, as its first words say: "landing page for my guitar course". */
import { isOf, partsOf, passageOf } from "./clauses.ts"
import { is } from "./model/words.ts"
import type { Said } from "./said.ts"
import { type Prompt, type Token, wordsIn } from "./text.ts"

/**
 * The words after "for my", up to the clause's end, begun with a capital letter. Without an article they are
 * none: "for collecting addresses" says what is done.
 */
export function purposeIn({ text, tokens, language }: Prompt): Said[] {
  const parts = partsOf(tokens, language).map(wordsIn)
  const first = parts.findIndex((part) => part.some((each) => !each.small))
  const isPurpose = (each: Token | undefined) =>
    each !== undefined && (isOf("purposes", each, language) || isOf("about", each, language))
  // In some languages what something is for begins a clause of its own: "site pour mon cabinet".
  const next = parts[first + 1]
  const part = parts[first]?.some(isPurpose) || !isPurpose(next?.[0]) ? parts[first] : next
  const lead = part?.findIndex(isPurpose) ?? -1
  if (!part || lead < 0) return []
  const said = part.slice(lead + 1)
  const start = said.findIndex((each) => !isLed(each))
  const purpose = part[lead]
  const hasArticle = start > 0 || (purpose && isOf("articled", purpose, language))
  const words = passageOf(said.slice(Math.max(0, start)))
  const at = passageOf(part.slice(lead))
  if (start < 0 || !hasArticle || !words || !at) return []
  const value = text.slice(words.from, words.to).replaceAll(/\s+/g, " ")
  return [{ value: value.charAt(0).toUpperCase() + value.slice(1), at, shares: true }]

  function isLed(each: Token) {
    return is("articles", each) || isOf("own", each, language)
  }
}
