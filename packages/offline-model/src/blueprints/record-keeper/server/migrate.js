// Brings the tables to what app.json asks for, every time the app starts. It only ever adds:
// a field that was removed or renamed in app.json leaves its column and its data where they are.

import { fromColumn, quoted, sqlType, toColumn } from "./columns.js"
import { columnOf, tableOf } from "./spec.js"
import { fits } from "./validate.js"

export function migrate(db, spec) {
  db.exec("BEGIN IMMEDIATE")
  try {
    for (const entity of spec.entities) bringToShape(db, entity)
    db.exec("COMMIT")
  } catch (error) {
    db.exec("ROLLBACK")
    throw error
  }
}

function bringToShape(db, entity) {
  const table = quoted(tableOf(entity))
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (
    id INTEGER PRIMARY KEY AUTOINCREMENT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`)

  const rows = db.prepare(`PRAGMA table_info(${table})`).all()
  const present = new Set(rows.map((row) => row.name))
  for (const field of entity.fields) {
    if (present.has(columnOf(field))) continue
    db.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(columnOf(field))} ${sqlType(field)}`)
    if (present.has(field.copyFrom)) copyValues(db, entity, field)
  }
}

/** After a change of type the values that still make sense come along; the old column stays. */
function copyValues(db, entity, field) {
  const old = entity.retired?.find(({ column }) => column === field.copyFrom)?.field
  const table = quoted(tableOf(entity))
  const update = db.prepare(`UPDATE ${table} SET ${quoted(columnOf(field))} = ? WHERE id = ?`)
  for (const row of db
    .prepare(`SELECT id, ${quoted(field.copyFrom)} AS value FROM ${table}`)
    .all()) {
    const value = converted(field, old ? fromColumn(old, row.value) : row.value)
    if (value !== null && fits(field, value)) update.run(toColumn(field, value), row.id)
  }
}

function converted(field, value) {
  if (value === null || value === "") return null
  if (field.type === "flag")
    return !["no", "false", "0"].includes(String(value).toLowerCase()) && value !== false
  return sqlType(field) === "TEXT" ? String(value) : Number(value)
}
