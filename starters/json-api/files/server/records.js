// The records, each with a version that grows with every change.
import { openDatabase } from "./database.js"
import { Refusal } from "./http.js"

const recordsMost = 10_000

const schema = `CREATE TABLE IF NOT EXISTS records (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)`

export function openRecords(folder, resource) {
  const db = openDatabase(folder, schema)
  const shown = (row) => present(resource, row)
  return {
    list: (question) => list(db, shown, question),
    find: (id) => shown(row(db, id)),
    add: (values) => shown(add(db, values)),
    change: (id, { values, version }) => shown(change(db, { id, values, version })),
    remove(id, version) {
      hold(row(db, id), version)
      db.prepare("DELETE FROM records WHERE id = ?").run(id)
    },
    close: () => db.close(),
  }
}

/** `{ version, record }`: fields that the settings no longer have stay in the database, out of sight. */
function present({ fields }, { id, version, body, created_at: createdAt, updated_at: updatedAt }) {
  const kept = JSON.parse(body)
  const values = Object.fromEntries(fields.map(({ name }) => [name, kept[name] ?? null]))
  return { version, record: { id, ...values, createdAt, updatedAt } }
}

function row(db, id) {
  const found = /^\d{1,15}$/.test(id)
    ? db.prepare("SELECT * FROM records WHERE id = ?").get(Number(id))
    : undefined
  if (!found) throw new Refusal(404, "There is no record with this id.")
  return found
}

function list(db, shown, { search, filters, sort, down, page, limit }) {
  const conditions = ["1 = 1"]
  const values = []
  if (search) {
    conditions.push(
      "EXISTS (SELECT 1 FROM json_each(body) WHERE json_each.type NOT IN ('true', 'false') AND value LIKE ? ESCAPE '\\')",
    )
    values.push(`%${search.replaceAll(/[\\%_]/g, "\\$&")}%`)
  }
  for (const { name, value } of filters) {
    conditions.push(`json_extract(body, '$.${name}') IS ?`)
    values.push(value)
  }
  const where = conditions.join(" AND ")
  const { total } = db
    .prepare(`SELECT count(*) AS total FROM records WHERE ${where}`)
    .get(...values)
  const order = `${orderOf(sort)} ${down ? "DESC" : "ASC"}, id`
  const rows = db
    .prepare(`SELECT * FROM records WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all(...values, limit, (page - 1) * limit)
  return { total, items: rows.map((one) => shown(one).record) }
}

const own = { id: "id", createdAt: "created_at", updatedAt: "updated_at" }
/** Names of fields are letters and digits only, so they may stand in a statement. */
const orderOf = (sort) => own[sort] ?? `json_extract(body, '$.${sort}') COLLATE NOCASE`

function add(db, values) {
  if (db.prepare("SELECT count(*) AS n FROM records").get().n >= recordsMost)
    throw new Refusal(409, `There are ${recordsMost} records, the most there can be.`)
  const { lastInsertRowid } = db
    .prepare("INSERT INTO records (body) VALUES (?)")
    .run(JSON.stringify(values))
  return row(db, String(lastInsertRowid))
}

function change(db, { id, values, version }) {
  const before = row(db, id)
  hold(before, version)
  const body = JSON.stringify({ ...JSON.parse(before.body), ...values })
  db.prepare(
    "UPDATE records SET body = ?, version = version + 1, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?",
  ).run(body, before.id)
  return row(db, id)
}

/** A Refusal (412) when the caller read an earlier version than there is. */
function hold({ version }, expected) {
  if (expected !== undefined && expected !== version)
    throw new Refusal(412, "The record was changed meanwhile. Read it again.")
}
