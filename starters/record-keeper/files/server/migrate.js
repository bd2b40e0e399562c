// Brings the tables to what app.json asks for, every time the app starts, and loses nothing: a new
// field gets a column, a renamed one keeps its own, a removed one leaves its column and its data where
// they are. When a field changes its type, every value has to make sense in the new one; if one does
// not, the app says which record it is and does not start, and nothing was changed.

import { fromColumn, quoted, sqlType, toColumn } from "./columns.js"
import { converted } from "./conversions.js"
import { columnOf, entityByPlural, storedFields, tableOf, titleField } from "./spec.js"
import { defaultOf } from "./validate.js"

export function migrate(db, spec) {
  db.exec("BEGIN IMMEDIATE")
  try {
    db.exec("CREATE TABLE IF NOT EXISTS _shape (place TEXT PRIMARY KEY, field TEXT NOT NULL)")
    for (const entity of spec.entities) bringToShape({ db, spec, entity })
    db.exec("COMMIT")
  } catch (error) {
    db.exec("ROLLBACK")
    throw error
  }
}

function bringToShape({ db, spec, entity }) {
  const table = quoted(tableOf(entity))
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (
    id INTEGER PRIMARY KEY AUTOINCREMENT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`)
  for (const field of storedFields(entity)) {
    const at = { db, spec, entity, field, table, present: columnsOf(db, table) }
    if (!at.present.has(columnOf(field))) addColumn(at)
    else changeColumn(at)
    remember(at)
  }
}

function columnsOf(db, table) {
  const rows = db.prepare(`PRAGMA table_info(${table})`).all()
  return new Set(rows.map((row) => row.name))
}

function addColumn(at) {
  const { db, entity, field, table, present } = at
  db.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(columnOf(field))} ${sqlType(field)}`)
  if (present.has(field.copyFrom)) {
    const retired = entity.retired?.find(({ column }) => column === field.copyFrom)?.field
    const from = shapeOf(at, field.copyFrom) ?? (retired && shape(at.spec, retired))
    return convert(at, { from: from ?? shape(at.spec, field), column: field.copyFrom })
  }
  // A mark that nobody has made yet is none: who looks for what is not done finds older records too.
  const untold = field.type === "flag" ? false : undefined
  const value = field.default === "today" ? undefined : (defaultOf(field) ?? untold)
  if (value !== undefined)
    db.prepare(`UPDATE ${table} SET ${quoted(columnOf(field))} = ?`).run(toColumn(field, value))
}

/** What a column held when the app last started, if its type is another one now. */
function changeColumn(at) {
  const { db, field, table, present } = at
  const column = columnOf(field)
  const from = shapeOf(at, column)
  if (from && (from.type !== field.type || movesAway(at, from))) {
    // the values as they were stay beside the new ones
    const kept = unused(`${column}__${from.type}`, present)
    db.exec(`ALTER TABLE ${table} RENAME COLUMN ${quoted(column)} TO ${quoted(kept)}`)
    db.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(column)} ${sqlType(field)}`)
    convert(at, { from, column: kept })
  }
  for (const { from: old, to } of field.renamedChoices ?? [])
    if (field.type === "choice" && !field.choices.includes(old))
      db.prepare(`UPDATE ${table} SET ${quoted(column)} = ? WHERE ${quoted(column)} = ?`).run(
        to,
        old,
      )
}

/** A relation whose records lie in another table now; a list with a new name keeps its table. */
const movesAway = ({ spec, field }, from) =>
  from.to !== undefined && field.to !== undefined && from.to !== shape(spec, field).to

function unused(name, present) {
  for (let number = 1; ; number++) {
    const each = number === 1 ? name : `${name}_${number}`
    if (!present.has(each)) return each
  }
}

function convert(at, { from, column }) {
  const { db, entity, field, table } = at
  const update = db.prepare(`UPDATE ${table} SET ${quoted(columnOf(field))} = ? WHERE id = ?`)
  const rows = db.prepare(`SELECT * FROM ${table} ORDER BY id`).all()
  for (const row of rows) {
    const value = fromColumn(from, row[column])
    const next = movesAway(at, from) && !isBlank(value) ? undefined : converted(from, field, value)
    if (!next) throw cannot({ entity, field, row, value })
    update.run(toColumn(field, next.value), row.id)
  }
}

const isBlank = (value) => value === null || (Array.isArray(value) && value.length === 0)

function cannot({ entity, field, row, value }) {
  const title = row[columnOf(titleField(entity))]
  const named = typeof title === "string" ? ` (“${title.slice(0, 60)}”)` : ""
  const type = field.type.replaceAll("_", " ")
  return new Error(
    `${entity.label} ${row.id}${named}: ${field.label} “${String(value).slice(0, 60)}” cannot become ${type}. Nothing was changed. Change this record first, or leave the field as it was.`,
  )
}

/** The field as it was when the app last started with this column; of older apps it is not known. */
function shapeOf({ db, entity }, column) {
  const place = `${tableOf(entity)}.${column}`
  const row = db.prepare("SELECT field FROM _shape WHERE place = ?").get(place)
  return row && JSON.parse(row.field)
}

function remember({ db, spec, entity, field }) {
  db.prepare("INSERT OR REPLACE INTO _shape (place, field) VALUES (?, ?)").run(
    `${tableOf(entity)}.${columnOf(field)}`,
    JSON.stringify(shape(spec, field)),
  )
}

/** What a later start has to know of a field; a relation by the table that it points at. */
function shape(spec, { type, to }) {
  const target = to === undefined ? undefined : entityByPlural(spec, to)
  return { type, to: target ? tableOf(target) : to }
}
