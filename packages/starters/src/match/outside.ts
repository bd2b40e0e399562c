/** Whether what a prompt asks for first is done by somebody else's service or a device: "book real flights". */
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import { partsOf } from "./clauses.ts"
import outside from "./outside.json" with { type: "json" }
import { carrying, setOf, type Token, wordsIn } from "./text.ts"

/** How many words apart an act stands from what it reaches. */
const apart = 6

/** What comes later names parts of an app, which are wishes of their own. */
export function reachesOutside(tokens: readonly Token[], language: StarterLanguage): boolean {
  const first = partsOf(tokens, language).find((part) => carrying(part).length > 0) ?? []
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
