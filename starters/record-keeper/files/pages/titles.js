import { entityByPlural, isRelation } from "../server/spec.js"
import { titleOf } from "./format.js"

/** What a relation can point at, as `[id, title]`, by title. */
export function targetsOf({ spec, store, may }, field) {
  const target = entityByPlural(spec, field.to)
  if (!may.read(target)) return []
  return store.options(target).map((record) => [record.id, titleOf(target, record)])
}

/** For each relation its targets' titles: `{ client: Map { 3 → "Ada" } }`; none of what is not for you. */
export function titlesFor(app, entity) {
  const references = entity.fields.filter(isRelation)
  return Object.fromEntries(references.map((field) => [field.name, new Map(targetsOf(app, field))]))
}
