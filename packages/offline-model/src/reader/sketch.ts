/** What was read so far: things with their fields, what points where, and what was only named. */
import type { FieldDraft } from "./fields.ts"
import type { Phrase } from "./phrases.ts"
import type { Token } from "./tokens.ts"
import { singular } from "./words.ts"

export interface ThingDraft {
  /** lower case, singular: "job application" */
  name: string
  fields: FieldDraft[]
  said: Token[]
}

export interface Sketch {
  things: ThingDraft[]
  /** the thing that was described last */
  current: ThingDraft | undefined
  /** phrases that name things nobody described yet, in their order */
  named: Phrase[]
  /** [the many, the one, what said so]: each visit belongs to a pet */
  belongs: { child: string; parent: string; said: Token[] }[]
}

export const emptySketch = (): Sketch => ({
  things: [],
  current: undefined,
  named: [],
  belongs: [],
})

/** The thing of that name, made when it is new; "items" is a "shop item" when there is one. */
export function thingNamed(sketch: Sketch, { words, tokens }: Phrase): ThingDraft {
  const name = singular(words.trim())
  const known = findThing(sketch, name)
  const thing = known ?? { name, fields: [], said: [] }
  thing.said.push(...tokens)
  if (!known) sketch.things.push(thing)
  sketch.current = thing
  return thing
}

export function findThing({ things }: Sketch, name: string): ThingDraft | undefined {
  const exact = things.find((thing) => thing.name === name)
  if (exact) return exact
  const alike = things.filter(
    (thing) => thing.name.endsWith(` ${name}`) || name.endsWith(` ${thing.name}`),
  )
  return alike.length === 1 ? alike[0] : undefined
}

/** A field that was named twice is one, and the second mention asks for nothing that is built. */
export function addFields(thing: ThingDraft, fields: readonly FieldDraft[]): void {
  for (const field of fields) {
    const at = thing.fields.findIndex(({ words }) => singular(words) === singular(field.words))
    if (at < 0) thing.fields.push(field)
    else if (field.choices && !thing.fields[at]?.choices) thing.fields[at] = field
  }
}
