// Brings the tables to what app.json asks for, every time the app starts. It only ever adds:
// a field that was removed or renamed in app.json leaves its column and its data where they are.

import { quoted, sqlType } from "./columns.js"
import { columnOf, tableOf } from "./spec.js"

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

  const present = new Set(
    db
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map((row) => row.name),
  )
  for (const field of entity.fields) {
    if (present.has(columnOf(field))) continue
    const column = quoted(columnOf(field))
    db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${sqlType(field)}`)
    if (present.has(field.copyFrom)) copyValues(db, { table, column, field })
  }
}

/** After a change of type the values that still make sense come along; the old column stays. */
function copyValues(db, { table, column, field }) {
  const from = quoted(field.copyFrom)
  const isNumber = sqlType(field) !== "TEXT"
  const value = isNumber ? `CAST(${from} AS ${sqlType(field)})` : from
  const where = isNumber ? `CAST(${value} AS TEXT) = CAST(${from} AS TEXT)` : `${from} IS NOT NULL`
  const scale = field.type === "money" ? " * 100" : ""
  db.exec(`UPDATE ${table} SET ${column} = ${value}${scale} WHERE ${where}`)
}
