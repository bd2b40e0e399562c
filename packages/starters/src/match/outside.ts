/** Whether what a prompt asks for first is done by somebody else's service or a device: "book real flights". */
import { type StarterLanguage, starterLanguages } from "@vibecaas/contract/starter-form"
import { partsOf } from "./clauses.ts"
import { is } from "./model/words.ts"
import outside from "./outside.json" with { type: "json" }
import { carrying, type Prompt, phrasesOf, setOf, type Token, wordsIn } from "./text.ts"

/** How many words apart an act stands from what it reaches. */
const apart = 6

/** What comes later than the first parts names parts of an app, which are wishes of their own. */
export function reachesOutside(
  { tokens, language }: Pick<Prompt, "tokens" | "language">,
  parts: number,
): boolean {
  const first = partsOf(tokens, language)
    .filter((part) => carrying(part).length > 0)
    .slice(0, parts)
    .flat()
  const said = wordsIn(first).map(({ low }) => low)
  const placesOf = (line: string) => {
    const words = setOf(line)
    return said.flatMap((word, at) => (words.has(word) ? [at] : []))
  }
  const things = placesOf(outside.things[language])
  return placesOf(outside.acts[language]).some((act) =>
    things.some((thing) => thing !== act && Math.abs(thing - act) <= apart),
  )
}

const acts = Object.fromEntries(
  starterLanguages.map((language) => [language, setOf(outside.acts[language])]),
) as Record<StarterLanguage, ReadonlySet<string>>

/** Whether words say an act that only others' services or devices do. */
export const hasAct = (words: readonly Token[], language: StarterLanguage): boolean =>
  words.some(({ low }) => acts[language].has(low))

/** How many words behind an errand say whose it is. */
const mineWithin = 3

/** Whether it asks that something be done once, now: "call my dentist", "schreib mir einen Brief". */
export function isErrand(tokens: readonly Token[], language: StarterLanguage): boolean {
  const [first = []] = partsOf(tokens, language).map(wordsIn)
  const has = (list: "errands" | "mine" | "apps", { low }: Token) =>
    setOf(outside[list][language]).has(low)
  const at = first.findIndex((each) => has("errands", each))
  if (at < 0 || !first.slice(0, at).every((each) => each.small)) return false
  const after = first.slice(at + 1).filter(({ text }) => !/\d/.test(text))
  const isMine = after.slice(0, mineWithin).some((each) => has("mine", each))
  const isSelf = language === "es" && first[at]?.low.endsWith("me")
  // "write down my dreams" keeps something.
  if (is("gives", after[0])) return false
  return (isMine || isSelf === true) && !tokens.some((each) => has("apps", each))
}

/** Whether it asks for what no app can be: a time machine, an operating system. */
export function isImpossible(tokens: readonly Token[], language: StarterLanguage): boolean {
  const said = ` ${wordsIn(tokens)
    .map(({ low }) => low)
    .join(" ")} `
  return phrasesOf(outside.impossible[language]).some((words) =>
    said.includes(` ${words.join(" ")} `),
  )
}
