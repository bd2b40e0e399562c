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

/** The field that names a record in lists and links: a text, or else a date, or what there is. */
export function titleField(entity) {
  const first = (...types) => entity.fields.find((field) => types.includes(field.type))
  const plain = entity.fields.find((field) => field.type !== "reference")
  return first("text") ?? first("date", "datetime") ?? plain ?? entity.fields[0]
}

export function entityByPlural(spec, plural) {
  return spec.entities.find((entity) => entity.plural === plural)
}

/** `?_for=pets.owner`: the form that waits for an owner to choose, if there is such a field. */
export function waitingForm(spec, { entity, follow }) {
  const [plural, name] = (follow ?? "").split(".")
  const field = entityByPlural(spec, plural)?.fields.find((each) => each.name === name)
  return field?.to === entity.plural ? { form: `/${plural}/new`, field: name } : undefined
}
