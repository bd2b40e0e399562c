/** What a list is about: the noun phrase in the words before it. */
import signs from "../lexicon/signs.json" with { type: "json" }
import { isContent } from "./fields.ts"
import { each, generic, lastPhrase, type Phrase, phraseAfter } from "./phrases.ts"
import { has, type Token, wordsIn } from "./tokens.ts"
import { isPlural, setOf } from "./words.ts"

const introduce = setOf(signs.introduce)
const collections = setOf(signs.collections)
const keeps = setOf(signs.keeps)
const about = setOf("for about of")
const around = setOf("for from in at")

/** "each X", "for the Xs", "a list of Xs", "note down Xs that …", "Xs for my firm", or the last one. */
export function subjectOf(lead: readonly Token[]): Phrase | undefined {
  const every = lead.findLastIndex(({ low }) => each.has(low))
  const first = phraseFrom(lead, 0)
  const own =
    (every < 0 ? undefined : phraseAfter(lead, every)) ??
    (about.has(lead[0]?.low ?? "") ? first : undefined)
  const firm = first && isPlural(first.words) && has(lead, around) ? first : undefined
  return own ?? collected(lead) ?? kept(lead) ?? firm ?? ending(lead)
}

/** The phrase that begins with the first word of content at or behind a place. */
function phraseFrom(lead: readonly Token[], from: number): Phrase | undefined {
  const start = lead.findIndex((token, at) => at >= from && isContent(token))
  return start < 0 ? undefined : phraseAfter(lead, start - 1)
}

/** "a register of found items", "fuel log for the van": what a word for a list says it lists. */
function collected(lead: readonly Token[]): Phrase | undefined {
  const at = lead.findIndex(({ low }) => collections.has(low))
  const before = at < 0 ? undefined : lastPhrase(lead.slice(0, at))
  if (before && before.tokens.at(-1) === lead[at - 1]) return before
  return at >= 0 && about.has(lead[at + 1]?.low ?? "") ? phraseFrom(lead, at + 1) : undefined
}

/** "note down problems that tenants report": what stands right behind the word of keeping. */
function kept(lead: readonly Token[]): Phrase | undefined {
  const verb = lead.findIndex(({ low }) => keeps.has(low))
  const phrase = verb < 0 ? undefined : phraseFrom(lead.slice(0, verb + 7), verb + 1)
  return phrase && isPlural(phrase.words) ? phrase : undefined
}

function ending(lead: readonly Token[]): Phrase | undefined {
  const last = lastPhrase(lead.slice(0, lead.findLastIndex(({ low }) => !introduce.has(low)) + 1))
  return last && !generic.has(last.words) ? last : undefined
}

/** "Journal: date, mood" has no better name for what it keeps. */
export function anyWordOf(lead: readonly Token[]): Phrase {
  const last = wordsIn(lead).findLast(isContent)
  return last ? { words: last.low, tokens: [last] } : { words: "record", tokens: [] }
}
