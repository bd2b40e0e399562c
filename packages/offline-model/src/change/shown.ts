/** What of a step is accounted for: it names the app's own things and fields, or what to do. */

import { leftOver, type Passage } from "../account/not-built.ts"
import { entityStems, fieldStems, stemsOf } from "../account/stems.ts"
import type { AppSpec } from "../blueprints/index.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import { type Token, tokensOf } from "../reader/tokens.ts"
import { setOf } from "../reader/words.ts"

/** What a step that was done says more, by its places in the whole text. */
export function leftIn(text: string, { from, to }: Passage, specs: readonly AppSpec[]): Passage[] {
  const said = text.slice(from, to)
  return leftOver(said, shownIn(said, specs)).map((passage) => ({
    from: from + passage.from,
    to: from + passage.to,
  }))
}

/** Where a step speaks of what the app has or had, or of what to do with it. */
function shownIn(said: string, specs: readonly AppSpec[]): Set<number> {
  const entities = specs.flatMap((spec) => spec.entities)
  const fields = entities.flatMap((entity) => entity.fields)
  const stems = new Set([
    ...entities.flatMap((each) => [...entityStems(each)]),
    ...fields.flatMap((each) => [...fieldStems(each)]),
  ])
  const shown = ({ low }: Token) =>
    doingWords.has(low) || stemsOf(low).some((each) => stems.has(each))
  return new Set(
    tokensOf(said)
      .filter(shown)
      .map(({ from }) => from),
  )
}

const doingWords = setOf(
  [...Object.values(signs.change), signs.sort, signs.filter, signs.search, signs.suggest].join(" "),
)
