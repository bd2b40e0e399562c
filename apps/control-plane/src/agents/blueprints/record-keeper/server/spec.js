// app.json says which records this app keeps. Everything else reads it through this file.
import { readFileSync } from "node:fs"

export function readSpec() {
  return JSON.parse(readFileSync(new URL("../app.json", import.meta.url), "utf8"))
}

/** The column of a field. A renamed field keeps the column it was born with, and so its data. */
export function columnOf(field) {
  return field.column ?? field.name
}

/** The table of an entity, kept the same way. */
export function tableOf(entity) {
  return entity.table ?? entity.plural
}

/** The field that names a record in lists and links: the first text, or else the first field. */
export function titleField(entity) {
  return entity.fields.find((field) => field.type === "text") ?? entity.fields[0]
}

export function entityByPlural(spec, plural) {
  return spec.entities.find((entity) => entity.plural === plural)
}
