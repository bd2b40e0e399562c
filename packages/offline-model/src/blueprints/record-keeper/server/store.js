// The records, in one SQLite file. Values go in as parameters, never as SQL.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { fromColumn, quoted, toColumn } from "./columns.js"
import { migrate } from "./migrate.js"
import { queryParts } from "./query.js"
import { columnOf, tableOf, titleField } from "./spec.js"

export function openStore(spec, folder) {
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(join(folder, "records.db"))
  db.exec("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 3000")
  migrate(db, spec)

  return {
    list: (entity, query) => list(db, entity, query),
    find: (entity, id) => find(db, entity, id),
    create: (entity, values) => create(db, entity, values),
    update: (entity, id, values) => update(db, entity, id, values),
    usedBy: (entity, id) => usedBy(db, { spec, entity, id }),
    remove: (entity, id) => remove(db, entity, id),
    distinct: (entity, field) => distinct(db, entity, field),
    options: (entity) => options(db, entity),
    close: () => db.close(),
  }
}

function list(db, entity, query) {
  const { where, order, values } = queryParts(entity, query)
  const table = quoted(tableOf(entity))
  const { total } = db.prepare(`SELECT count(*) AS total FROM ${table} ${where}`).get(values)
  const rows = db
    .prepare(`SELECT * FROM ${table} ${where} ${order} LIMIT :limit OFFSET :offset`)
    .all({ ...values, limit: query.limit, offset: query.offset })
  const items = rows.map((row) => toRecord(entity, row))
  return { items, total, limit: query.limit, offset: query.offset }
}

function find(db, entity, id) {
  const row = db.prepare(`SELECT * FROM ${quoted(tableOf(entity))} WHERE id = ?`).get(id)
  return row ? toRecord(entity, row) : undefined
}

function create(db, entity, values) {
  const now = new Date().toISOString()
  const row = { created_at: now, updated_at: now, ...toRow(entity, values) }
  const names = Object.keys(row).map(quoted).join(", ")
  const marks = Object.keys(row)
    .map(() => "?")
    .join(", ")
  const { lastInsertRowid } = db
    .prepare(`INSERT INTO ${quoted(tableOf(entity))} (${names}) VALUES (${marks})`)
    .run(...Object.values(row))
  return find(db, entity, Number(lastInsertRowid))
}

function update(db, entity, id, values) {
  const row = { updated_at: new Date().toISOString(), ...toRow(entity, values) }
  const changes = Object.keys(row).map((name) => `${quoted(name)} = ?`)
  db.prepare(`UPDATE ${quoted(tableOf(entity))} SET ${changes.join(", ")} WHERE id = ?`).run(
    ...Object.values(row),
    id,
  )
  return find(db, entity, id)
}

/** How many records refer to one: `[{ entity, field, count }]`, without those where none does. */
function usedBy(db, { spec, entity, id }) {
  const users = spec.entities.flatMap((other) =>
    other.fields
      .filter((field) => field.to === entity.plural)
      .map((field) => {
        const sql = `SELECT count(*) AS count FROM ${quoted(tableOf(other))} WHERE ${quoted(columnOf(field))} = ?`
        return { entity: other, field, count: db.prepare(sql).get(id).count }
      }),
  )
  return users.filter(({ count }) => count > 0)
}

function remove(db, entity, id) {
  db.prepare(`DELETE FROM ${quoted(tableOf(entity))} WHERE id = ?`).run(id)
}

/** The values a field has so far, for a filter to choose from. */
function distinct(db, entity, field) {
  const column = quoted(columnOf(field))
  return db
    .prepare(`SELECT DISTINCT ${column} AS value FROM ${quoted(tableOf(entity))}
      WHERE ${column} IS NOT NULL AND ${column} <> '' ORDER BY ${column} COLLATE NOCASE LIMIT 200`)
    .all()
    .map((row) => fromColumn(field, row.value))
}

/** Every record with its id and what names it, for a select that points at one of them. */
function options(db, entity) {
  const field = titleField(entity)
  const title = quoted(columnOf(field))
  return db
    .prepare(
      `SELECT id, ${title} AS title FROM ${quoted(tableOf(entity))} ORDER BY ${title} COLLATE NOCASE LIMIT 1000`,
    )
    .all()
    .map(({ id, title }) => ({ id, [field.name]: fromColumn(field, title) }))
}

function toRow(entity, values) {
  const row = {}
  for (const field of entity.fields) {
    if (Object.hasOwn(values, field.name))
      row[columnOf(field)] = toColumn(field, values[field.name])
  }
  return row
}

function toRecord(entity, row) {
  const record = { id: row.id }
  for (const field of entity.fields) record[field.name] = fromColumn(field, row[columnOf(field)])
  return { ...record, created_at: row.created_at, updated_at: row.updated_at }
}
