/** What a change speaks of, a field or a thing of the app, and the words to say it back. */
import type { AppSpec, Entity, Field } from "../blueprints/index.ts"
import { identifier } from "../blueprints/names.ts"
import { isSmall } from "../reader/tokens.ts"
import { setOf, singular, wordsOf } from "../reader/words.ts"

export interface Found {
  entity: Entity
  field: Field
}

const around = setOf(
  "field fields column columns property attribute flag checkbox list table section filter",
)

/** The field that "the pages field of books" means. */
export function findField(said: string, { entities }: AppSpec): Found | undefined {
  const words = wordsOf(said)
  const of = words.findIndex(
    (word, at) => at > 0 && ["of", "from", "in", "on", "for"].includes(word),
  )
  const owner = of > 0 ? entityNamed(words.slice(of + 1), entities) : undefined
  const name = identifier(singular(bare(owner ? words.slice(0, of) : words)))
  if (name === "") return undefined
  for (const entity of owner ? [owner] : entities) {
    const field = entity.fields.find((each) =>
      [each.name, identifier(singular(each.label.toLowerCase()))].includes(name),
    )
    if (field) return { entity, field }
  }
  return undefined
}

/** The thing that words name and nothing else: "the list of visits", "all pets". */
export const findEntity = (said: string, { entities }: AppSpec): Entity | undefined =>
  entityNamed(wordsOf(said), entities)

function entityNamed(words: readonly string[], entities: readonly Entity[]): Entity | undefined {
  const name = identifier(singular(bare(words)))
  return entities.find(
    (entity) => name !== "" && [entity.name, identifier(singular(entity.plural))].includes(name),
  )
}

const bare = (words: readonly string[]) =>
  words.filter((word) => !around.has(word) && !isSmall(word)).join(" ") || words.join(" ")

/** The first thing that a step mentions. */
export function entityIn(said: string, { entities }: AppSpec): Entity | undefined {
  const words = new Set(wordsOf(said).map(singular))
  return entities.find(({ label }) => wordsOf(singular(label)).every((word) => words.has(word)))
}

export const many = (entity: Entity): string => entity.labelPlural.toLowerCase()
export const quoted = (label: string): string => `“${label.toLowerCase()}”`
export const inWords = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`

/** What a field holds, for people: "choice of fiction, poetry", "rating from 1 to 5". */
export function holds({ type, choices = [], min = 1, max = 5, to }: Field): string {
  if (type === "choice") return `choice of ${choices.join(", ")}`
  if (type === "rating") return `rating from ${min} to ${max}`
  return to ? `one of the ${to.replaceAll("_", " ")}` : type.replaceAll("_", " ")
}
