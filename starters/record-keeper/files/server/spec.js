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

/** Fields that people fill in; the others are computed from them. */
export function storedFields(entity) {
  return entity.fields.filter((field) => field.type !== "computed")
}

export function fieldNamed(entity, name) {
  return entity.fields.find((field) => field.name === name)
}

/** The field that names a record in lists and links: a text, or else a date, or what there is. */
export function titleField(entity) {
  const fields = storedFields(entity)
  const first = (...types) => fields.find((field) => types.includes(field.type))
  const plain = fields.find((field) => !isRelation(field))
  return first("text") ?? first("date", "datetime") ?? plain ?? fields[0]
}

export const isRelation = (field) => field.type === "reference" || field.type === "references"

export function entityByPlural(spec, plural) {
  return spec.entities.find((entity) => entity.plural === plural)
}

/** Fields of all lists that point at records of one: `[{ entity, field }]`. */
export function relationsTo(spec, target) {
  return spec.entities.flatMap((entity) =>
    entity.fields
      .filter((field) => isRelation(field) && field.to === target.plural)
      .map((field) => ({ entity, field })),
  )
}

const plainTable = { name: "all", label: "Table", kind: "table" }

/** The ways to look at a list; the first one is shown first. */
export function viewsOf(entity) {
  return entity.views?.length > 0 ? entity.views : [plainTable]
}

/** `?_for=pets.owner`: the form that waits for an owner to choose, if there is such a field. */
export function waitingForm(spec, { entity, follow }) {
  const [plural, name] = (follow ?? "").split(".")
  const field = entityByPlural(spec, plural)?.fields.find((each) => each.name === name)
  return field?.to === entity.plural ? { form: `/${plural}/new`, field: name } : undefined
}
