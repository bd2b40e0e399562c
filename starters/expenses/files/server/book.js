// The group's book: expenses and payments between people.
import { openDatabase } from "./database.js"
import { Refusal } from "./http.js"

const entriesMost = 5000

const schema = `CREATE TABLE IF NOT EXISTS entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('expense', 'payment')),
  title TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  paid_by TEXT NOT NULL,
  parts TEXT NOT NULL,
  category TEXT NOT NULL,
  day TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  form TEXT UNIQUE
)`

export function openBook(folder) {
  const db = openDatabase(folder, schema)
  return {
    all: () => db.prepare("SELECT * FROM entries ORDER BY day DESC, id DESC").all().map(read),
    find: (id) => find(db, id),
    add: (entry) => add(db, entry),
    change: (id, entry) => change(db, id, entry),
    remove(id) {
      find(db, id)
      db.prepare("DELETE FROM entries WHERE id = ?").run(id)
    },
    close: () => db.close(),
  }
}

const read = ({ paid_by: paidBy, parts, ...rest }) => ({
  ...rest,
  paidBy,
  parts: JSON.parse(parts),
})

function find(db, id) {
  const row = db.prepare("SELECT * FROM entries WHERE id = ?").get(id)
  if (!row) throw new Refusal(404, "There is no such entry. It may have been deleted.")
  return read(row)
}

/** The same form sent twice, as by a double click, is one entry. */
function add(db, { kind, title, amount, paidBy, parts, category, day, form }) {
  if (db.prepare("SELECT count(*) AS n FROM entries").get().n >= entriesMost)
    throw new Refusal(409, `The book is full: it has ${entriesMost} entries.`)
  db.prepare(
    `INSERT INTO entries (kind, title, amount, paid_by, parts, category, day, form)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (form) DO NOTHING`,
  ).run(kind, title, amount, paidBy, JSON.stringify(parts), category, day, form || null)
}

function change(db, id, { title, amount, paidBy, parts, category, day, version }) {
  find(db, id)
  const { changes } = db
    .prepare(
      `UPDATE entries SET title = ?, amount = ?, paid_by = ?, parts = ?, category = ?, day = ?, version = version + 1
       WHERE id = ? AND version = ?`,
    )
    .run(title, amount, paidBy, JSON.stringify(parts), category, day, id, version)
  if (changes === 0)
    throw new Refusal(
      409,
      "Somebody changed this meanwhile. Your values are below; save again to keep them.",
    )
}
