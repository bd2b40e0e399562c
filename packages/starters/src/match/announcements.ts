/** Where the words stand that announce a parameter's value, and what comes after them. */
import type { Parameter } from "./catalogue.ts"
import { type Passage, type Prompt, phraseOf, type Token, wordsIn } from "./text.ts"

/** Where a parameter's words stand: from and to as places among the tokens, the end left out. */
export interface Announcement {
  start: number
  end: number
}

export function announcements(
  { tokens, language }: Prompt,
  { words, label }: Parameter,
): Announcement[] {
  const phrases = [...words[language], ...words.en, label[language]]
  const found = phrases.flatMap((phrase) => {
    const stems = wordsIn(phraseOf(phrase, language).tokens).map(({ stem }) => stem)
    if (stems.length === 0) return []
    return tokens.flatMap((_, start) => {
      const end = start + stems.length
      const here = tokens.slice(start, end)
      const same = here.length === stems.length && here.every(({ stem }, at) => stem === stems[at])
      return same ? [{ start, end }] : []
    })
  })
  // The longest words first: "tax rate" says more than "tax".
  return found.sort((one, other) => other.end - other.start - (one.end - one.start))
}

/** The tokens after some words, without what only leads to a value: ":", "are", "=". */
export function after({ tokens }: Prompt, { end }: Announcement): { rest: Token[]; led: boolean } {
  const rest = tokens.slice(end)
  const lead = rest.findIndex((each) => !leads.has(each.low))
  return { rest: lead < 0 ? [] : rest.slice(lead), led: lead > 0 }
}

const leads = new Set(": = are is of sind ist von sont est de son es".split(" "))

export const whole = (prompt: Prompt, { start }: Announcement, last: Token): Passage => ({
  from: prompt.tokens[start]?.from ?? last.from,
  to: last.to,
})
