/** Wishes about the list itself: its order, filters, search, and a suggestion. */

import { entityStems, stem, stemsOf } from "../account/stems.ts"
import type { AppSpec, Entity, Field } from "../blueprints/index.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import { has, isSmall, lows, type Token, wordsIn } from "./tokens.ts"
import { setOf } from "./words.ts"

const words = {
  sort: setOf(signs.sort),
  descending: setOf(signs.descending),
  filter: setOf(signs.filter),
  search: setOf(signs.search),
  suggest: setOf(signs.suggest),
}

const anyRule = new Set(Object.values(words).flatMap((each) => [...each]))

/** What a word of order says of fields that it does not name. */
const typesFor: ReadonlyMap<string, string[]> = new Map(Object.entries(signs.sortTypes))

/** Grants what a clause asks of the list; the tokens that were granted. */
export function grantWish({ entities }: AppSpec, clause: readonly Token[]): Token[] {
  const said = wordsIn(clause)
  if (!has(said, anyRule)) return []
  const found = fieldMeant(entities, said)
  if (has(said, words.suggest)) return suggest(entities, said)
  if (has(said, words.sort)) return sort(entities, said, found)
  if (found && has(said, words.filter)) {
    const { entity, field } = found
    if (!entity.filters.some((each) => each.field === field.name))
      entity.filters.push({ field: field.name })
    return granted(said, found, words.filter)
  }
  return has(said, words.search) ? granted(said, found, words.search) : []
}

interface Found {
  entity: Entity
  field: Field
}

/** The field whose words a clause has, and most of them; "unfinished" means "finished". */
function fieldMeant(entities: readonly Entity[], said: readonly Token[]): Found | undefined {
  const content = lows(said).filter((word) => !isSmall(word))
  const stems = new Set(content.flatMap((word) => [...stemsOf(word), positive(word)]))
  const rate = ({ entity, field }: Found) => {
    const label = stemsOf(field.label).filter((word) => !isSmall(word))
    const named = label.filter((word) => stems.has(word)).length / Math.max(1, label.length)
    const chosen = field.choices?.some((each) => stemsOf(each).every((word) => stems.has(word)))
      ? 0.5
      : 0
    const about = [...entityStems(entity)].some((word) => stems.has(word)) ? 0.1 : 0
    return named + chosen > 0 ? named + chosen + about : 0
  }
  const all = entities.flatMap((entity) => entity.fields.map((field) => ({ entity, field })))
  const rated = all.map((found) => ({ found, value: rate(found) }))
  const best = rated.reduce(
    (one, other) => (other.value > one.value ? other : one),
    rated[0] ?? none,
  )
  return best.value > 0.3 ? best.found : undefined
}

const none = { found: undefined, value: 0 }

const positive = (word: string) => (word.startsWith("un") ? stem(word.slice(2)) : stem(word))

function sort(
  entities: readonly Entity[],
  said: readonly Token[],
  named: Found | undefined,
): Token[] {
  const types = lows(said).flatMap((word) => typesFor.get(word) ?? [])
  const about = entities.find((each) =>
    lows(said).some((word) => entityStems(each).has(stem(word))),
  )
  const entity = named?.entity ?? about ?? entities[0]
  const field =
    named?.field ??
    types.flatMap((type) => entity?.fields.find((each) => each.type === type) ?? [])[0]
  if (!entity || !field) return []
  entity.sort = { field: field.name, direction: has(said, words.descending) ? "desc" : "asc" }
  return granted(said, { entity, field }, words.sort)
}

/** A fixed rule over the person's own records, which the page calls a rule. */
function suggest([entity]: readonly Entity[], said: readonly Token[]): Token[] {
  if (!entity) return []
  const open =
    entity.fields.find(({ closes }) => closes) ?? entity.fields.find(({ type }) => type === "flag")
  const rating = entity.fields.find(({ type }) => type === "rating")
  const like = entity.fields
    .filter(({ type }, at) => at > 0 && ["text", "choice"].includes(type))
    .slice(0, 5)
  entity.suggestion = {
    title: `Suggested next ${entity.label.toLowerCase()}`.slice(0, 60),
    ...(open ? { open: open.name } : {}),
    ...(rating ? { rating: rating.name } : {}),
    ...(like.length > 0 ? { like: like.map(({ name }) => name) } : {}),
  }
  return said.filter(({ low }) => words.suggest.has(low) || entityStems(entity).has(stem(low)))
}

/** The words of the rule, of its field, and of the thing it is about. */
function granted(
  said: readonly Token[],
  found: Found | undefined,
  rule: ReadonlySet<string>,
): Token[] {
  const own = found ? [found.field.label, ...(found.field.choices ?? [])].flatMap(stemsOf) : []
  const known = new Set([...own, ...(found ? entityStems(found.entity) : [])])
  return said.filter(({ low }) => rule.has(low) || known.has(stem(low)) || known.has(positive(low)))
}
