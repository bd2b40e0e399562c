// The datasets that were uploaded, each kept as one row: it is read and shown whole.
import { openDatabase } from "./database.js"
import { Refusal } from "./http.js"

export const datasetsAtMost = 20

const schema = `CREATE TABLE IF NOT EXISTS datasets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  column_count INTEGER NOT NULL,
  content TEXT NOT NULL,
  uploaded_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
)`

export function openStore(folder) {
  const db = openDatabase(folder, schema)
  const recent = new Map()
  return {
    list: () =>
      db
        .prepare(
          "SELECT id, name, row_count AS rows, column_count AS columns, uploaded_at AS at FROM datasets ORDER BY id DESC",
        )
        .all(),
    add: (name, dataset) => add(db, name, dataset),
    find: (id) => find(db, recent, id),
    remove(id) {
      recent.delete(id)
      db.prepare("DELETE FROM datasets WHERE id = ?").run(id)
    },
    close: () => db.close(),
  }
}

function add(db, name, dataset) {
  if (db.prepare("SELECT count(*) AS n FROM datasets").get().n >= datasetsAtMost)
    throw new Refusal(409, `There are ${datasetsAtMost} files here already: delete one first.`)
  const { lastInsertRowid } = db
    .prepare("INSERT INTO datasets (name, row_count, column_count, content) VALUES (?, ?, ?, ?)")
    .run(name, dataset.rows.length, dataset.columns.length, JSON.stringify(dataset))
  return Number(lastInsertRowid)
}

/** The two datasets looked at last stay in memory, so that filters do not read the file again. */
function find(db, recent, id) {
  const known = recent.get(id)
  if (known) return known
  const row = db.prepare("SELECT name, content FROM datasets WHERE id = ?").get(id)
  if (!row) return undefined
  const dataset = { id: String(id), name: row.name, ...JSON.parse(row.content) }
  if (recent.size >= 2) recent.delete(recent.keys().next().value)
  recent.set(id, dataset)
  return dataset
}
