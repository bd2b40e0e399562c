// A list as a table for spreadsheets: what a query finds, all of its pages.
import { titlesFor } from "../pages/titles.js"
import { isRelation } from "./spec.js"

const rowsMax = 100_000

export function tableOf(app, { entity, query }) {
  const { items } = app.store.list(entity, { ...query, limit: rowsMax, offset: 0 })
  const titles = titlesFor(app, entity)
  const rows = items.map((record) =>
    entity.fields.map((field) => textOf(field, record[field.name], titles)),
  )
  const head = entity.fields.map(({ label }) => label)
  return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`
}

function textOf(field, value, titles) {
  if (field.type === "flag") return value ? "yes" : "no"
  if (value === null || value === undefined) return ""
  if (!isRelation(field)) return value
  return [value]
    .flat()
    .map((id) => titles[field.name]?.get(id) ?? id)
    .join("; ")
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(value) {
  const text = String(value)
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
