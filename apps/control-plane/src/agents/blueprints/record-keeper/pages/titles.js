import { entityByPlural } from "../server/spec.js"

/** For each reference field its targets' titles: `{ client: Map { 3 → "Ada" } }`. */
export function titlesFor({ spec, store }, entity) {
  const references = entity.fields.filter((field) => field.type === "reference")
  const titles = (field) =>
    new Map(store.options(entityByPlural(spec, field.to)).map(({ id, title }) => [id, title]))
  return Object.fromEntries(references.map((field) => [field.name, titles(field)]))
}
