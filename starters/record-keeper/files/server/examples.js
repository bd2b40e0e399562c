// What a list can look like: made-up records in memory, of which nothing is kept. Values of known lists
// come from examples.json; the others are made from the field's type.
import { readFileSync } from "node:fs"
import { dayFromNow } from "./query.js"
import { isRelation, storedFields } from "./spec.js"
import { openStore } from "./store.js"

const known = JSON.parse(readFileSync(new URL("../examples.json", import.meta.url), "utf8"))
const count = 9

/** A store of its own, with some records in every list; whoever opens it closes it. */
export function exampleStore(spec) {
  const store = openStore(spec, ":memory:")
  const ids = new Map(spec.entities.map(({ plural }) => [plural, []]))
  for (const entity of inOrder(spec))
    for (let at = 0; at < (known[entity.plural]?.length ?? count); at++)
      ids.get(entity.plural).push(store.create(entity, valuesOf(entity, at, ids)).id)
  return store
}

/** Lists that others point at come first, as far as that can be. */
function inOrder({ entities }) {
  const points = (entity) =>
    entity.fields.filter((field) => isRelation(field) && field.to !== entity.plural).length
  return entities.toSorted((one, other) => points(one) - points(other))
}

function valuesOf(entity, at, ids) {
  const given = known[entity.plural]?.[at] ?? {}
  return Object.fromEntries(
    storedFields(entity).map((field) => [field.name, valueFor(field, { at, given, ids })]),
  )
}

function valueFor(field, { at, given, ids }) {
  const { name, type } = field
  const there = isRelation(field) ? ids.get(field.to) : []
  if (type === "reference") return there[(given[name] ?? at) % there.length] ?? null
  if (type === "references")
    return (given[name] ?? [at, at + 1])
      .slice(0, there.length)
      .map((one) => there[one % there.length])
  const value = given[name] ?? made[type]?.(field, at) ?? null
  if (type === "choice") return field.choices.includes(value) ? value : made.choice(field, at)
  return type === "date" && typeof value === "number" ? dayFromNow(value) : value
}

const made = {
  text: ({ label }, at) => `${label} ${at + 1}`,
  long_text: () => "A few words about it.",
  whole_number: ({ min = 0, max = 1e9 }, at) => Math.min(max, Math.ceil(min) + at * 3 + 1),
  decimal: ({ min = 0, max = 1e9 }, at) => Math.min(max, min + at * 1.5 + 0.5),
  money: ({ min = 0, max = 1e9 }, at) => Math.min(max, min + at * 35 + 20),
  rating: ({ min = 1, max = 5 }, at) => max - (at % (max - min + 1)),
  flag: (_, at) => at % 3 === 0,
  date: (_, at) => at * 4 - 6,
  datetime: (_, at) => `${dayFromNow(at * 4 - 6)}T1${at % 10}:30`,
  time: (_, at) => `1${at % 10}:30`,
  email: (_, at) => `person${at + 1}@example.org`,
  url: (_, at) => `https://example.org/${at + 1}`,
  phone: (_, at) => `+44 20 7946 000${at % 10}`,
  color: (_, at) => ["#2f7d5b", "#b0562f", "#3b5fa8"][at % 3],
  choice: ({ choices }, at) => choices[at % choices.length],
}
