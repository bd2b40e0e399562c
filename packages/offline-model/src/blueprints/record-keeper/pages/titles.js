import { entityByPlural } from "../server/spec.js"
import { titleOf } from "./format.js"

/** What a reference field can point at, as `[id, title]`, by title. */
export function targetsOf({ spec, store }, field) {
  const target = entityByPlural(spec, field.to)
  return store.options(target).map((record) => [record.id, titleOf(target, record)])
}

/** For each reference field its targets' titles: `{ client: Map { 3 → "Ada" } }`. */
export function titlesFor(app, entity) {
  const references = entity.fields.filter((field) => field.type === "reference")
  return Object.fromEntries(references.map((field) => [field.name, new Map(targetsOf(app, field))]))
}
