// Says how many records each list has, as JSON: for whoever runs the app, without a way through its
// pages. It only reads, also while the app runs.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { quoted } from "./columns.js"
import { readSpec, tableOf } from "./spec.js"

const file = join(process.env.DATA_DIR ?? "./data", "records.db")
const db = existsSync(file) ? new DatabaseSync(file, { readOnly: true }) : undefined
const tables = new Set(
  db
    ?.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => name),
)
const counts = readSpec().entities.map((entity) => {
  const table = tableOf(entity)
  const isThere = tables.has(table)
  const { count } = isThere
    ? db.prepare(`SELECT count(*) AS count FROM ${quoted(table)}`).get()
    : { count: 0 }
  return [entity.plural, count]
})
console.log(JSON.stringify(Object.fromEntries(counts)))
