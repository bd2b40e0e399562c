/** Wishes about the list itself: its order, filters, search, and a suggestion. */
import type { AppSpec, Entity, Field, FieldType } from "../blueprints/index.ts"
import signs from "../lexicon/signs.json" with { type: "json" }
import { entityStems, stem, stemsOf } from "./stems.ts"
import { isSmall, type Token, wordsIn } from "./tokens.ts"
import { setOf } from "./words.ts"

const words = {
  sort: setOf(signs.sort),
  descending: setOf(signs.descending),
  filter: setOf(signs.filter),
  search: setOf(signs.search),
  suggest: setOf(signs.suggest),
}

/** What a word of order says of fields that it does not name. */
const typesFor: Record<string, FieldType[]> = {
  newest: ["date", "datetime"],
  latest: ["date", "datetime"],
  oldest: ["date", "datetime"],
  recent: ["date", "datetime"],
  earliest: ["date", "datetime"],
  soonest: ["date", "datetime"],
  chronological: ["date", "datetime"],
  best: ["rating"],
  highest: ["rating", "whole_number", "decimal", "money"],
  lowest: ["rating", "whole_number", "decimal", "money"],
  cheapest: ["money"],
  alphabetical: ["text"],
  alphabetically: ["text"],
}

/** Grants what a clause asks of the list; the tokens that were granted. */
export function grantWish({ entities }: AppSpec, clause: readonly Token[]): Token[] {
  const said = wordsIn(clause)
  const has = (set: ReadonlySet<string>) => said.some(({ low }) => set.has(low))
  const found = fieldMeant(entities, said)
  if (has(words.suggest)) return suggest(entities, said)
  if (has(words.sort)) return sort(entities, said, found)
  if (found && has(words.filter)) {
    const { entity, field } = found
    if (!entity.filters.some((each) => each.field === field.name))
      entity.filters.push({ field: field.name })
    return granted(said, found, words.filter)
  }
  return has(words.search) ? granted(said, found, words.search) : []
}

interface Found {
  entity: Entity
  field: Field
}

/** The field whose words a clause has, and most of them; "unfinished" means "finished". */
function fieldMeant(entities: readonly Entity[], said: readonly Token[]): Found | undefined {
  const stems = new Set(
    said.flatMap(({ low }) =>
      isSmall(low) ? [] : [...stemsOf(low), low.startsWith("un") ? stem(low.slice(2)) : low],
    ),
  )
  const all = entities.flatMap((entity) => entity.fields.map((field) => ({ entity, field })))
  const rated = all.map((found) => {
    const label = stemsOf(found.field.label).filter((word) => !isSmall(word))
    const named = label.filter((word) => stems.has(word)).length
    const about = [...entityStems(found.entity)].some((word) => stems.has(word)) ? 0.1 : 0
    const chosen = (found.field.choices ?? []).some((choice) =>
      stemsOf(choice).every((word) => stems.has(word)),
    )
      ? 0.5
      : 0
    return {
      found,
      value: named === 0 && chosen === 0 ? 0 : named / Math.max(1, label.length) + chosen + about,
    }
  })
  const best = rated.reduce((one, other) => (other.value > one.value ? other : one), {
    found: undefined as Found | undefined,
    value: 0.3,
  })
  return best.found
}

function sort(
  entities: readonly Entity[],
  said: readonly Token[],
  named: Found | undefined,
): Token[] {
  const [word] = said.filter(({ low }) => typesFor[low])
  const types = typesFor[word?.low ?? ""] ?? []
  const entity =
    named?.entity ??
    entities.find((each) => said.some(({ low }) => entityStems(each).has(stem(low)))) ??
    entities[0]
  const field =
    named?.field ??
    types.flatMap((type) => entity?.fields.find((each) => each.type === type) ?? [])[0]
  if (!entity || !field) return []
  const down = said.some(({ low }) => words.descending.has(low))
  entity.sort = { field: field.name, direction: down ? "desc" : "asc" }
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
  const known = found
    ? new Set([
        ...stemsOf([found.field.label, ...(found.field.choices ?? [])].join(" ")),
        ...entityStems(found.entity),
      ])
    : new Set<string>()
  return said.filter(
    ({ low }) =>
      rule.has(low) ||
      known.has(stem(low)) ||
      (low.startsWith("un") && known.has(stem(low.slice(2)))),
  )
}
