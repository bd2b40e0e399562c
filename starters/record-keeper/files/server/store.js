// The records, in one SQLite file. Values go in as parameters, never as SQL.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { fromColumn, quoted, toColumn } from "./columns.js"
import { computedValue, expressionOf, numberKind } from "./computed.js"
import { migrate } from "./migrate.js"
import { queryParts } from "./query.js"
import { columnOf, relationsTo, storedFields, tableOf, titleField } from "./spec.js"

/**
 * @param folder  where its file is; ":memory:" for none
 * @throws Error that names the record, when a value cannot become what app.json says it is now
 */
export function openStore(spec, folder) {
  if (folder !== ":memory:") mkdirSync(folder, { recursive: true })
  const place = folder === ":memory:" ? folder : join(folder, "records.db")
  const db = new DatabaseSync(place)
  db.exec("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 3000")
  migrate(db, spec)
  const of = { db, spec }

  return {
    db,
    list: (entity, query) => list(of, entity, query),
    find: (entity, id) => find(of, entity, id),
    create: (entity, values) => create(of, entity, values),
    update: (entity, id, values) => update(of, entity, { id, values }),
    usedBy: (entity, id) => usedBy(of, entity, id),
    remove: (entity, id) => remove(db, entity, id),
    counts: (entity, query, field) => counts(of, entity, { query, field }),
    figures: (entity, query, fields) => figures(of, entity, { query, fields }),
    distinct: (entity, field) => distinct(db, entity, field),
    options: (entity) => options(db, entity),
    close: () => db.close(),
  }
}

/** `id`, the times, every column and every computed value, under the names of the fields. */
function selection({ spec }, entity) {
  const fields = entity.fields.map((field) => {
    const name = field.type === "computed" ? `= ${field.name}` : columnOf(field)
    return `${expressionOf(spec, entity, { field, alias: "t" })} AS ${quoted(name)}`
  })
  return `SELECT t.id, t.created_at, t.updated_at, ${fields.join(", ")} FROM ${quoted(tableOf(entity))} AS t`
}

function list(of, entity, query) {
  const { where, order, values } = queryParts(of.spec, entity, query)
  const table = quoted(tableOf(entity))
  const { total } = of.db
    .prepare(`SELECT count(*) AS total FROM ${table} AS t ${where}`)
    .get(values)
  const rows = of.db
    .prepare(`${selection(of, entity)} ${where} ${order} LIMIT :limit OFFSET :offset`)
    .all({ ...values, limit: query.limit, offset: query.offset })
  const items = rows.map((row) => toRecord(of, entity, row))
  return { items, total, limit: query.limit, offset: query.offset }
}

function find(of, entity, id) {
  const row = of.db.prepare(`${selection(of, entity)} WHERE t.id = ?`).get(id)
  return row ? toRecord(of, entity, row) : undefined
}

function create(of, entity, values) {
  const now = new Date().toISOString()
  const row = { created_at: now, updated_at: now, ...toRow(entity, values) }
  const names = Object.keys(row).map(quoted).join(", ")
  const marks = Object.keys(row)
    .map(() => "?")
    .join(", ")
  const { lastInsertRowid } = of.db
    .prepare(`INSERT INTO ${quoted(tableOf(entity))} (${names}) VALUES (${marks})`)
    .run(...Object.values(row))
  return find(of, entity, Number(lastInsertRowid))
}

function update(of, entity, { id, values }) {
  const row = { updated_at: new Date().toISOString(), ...toRow(entity, values) }
  const changes = Object.keys(row).map((name) => `${quoted(name)} = ?`)
  of.db
    .prepare(`UPDATE ${quoted(tableOf(entity))} SET ${changes.join(", ")} WHERE id = ?`)
    .run(...Object.values(row), id)
  return find(of, entity, id)
}

/** How many records refer to one: `[{ entity, field, count }]`, without those where none does. */
function usedBy({ db, spec }, target, id) {
  return relationsTo(spec, target)
    .map(({ entity, field }) => {
      const column = quoted(columnOf(field))
      const points =
        field.type === "references"
          ? `? IN (SELECT value FROM json_each(${column}))`
          : `${column} = ?`
      const sql = `SELECT count(*) AS count FROM ${quoted(tableOf(entity))} WHERE ${points}`
      return { entity, field, count: db.prepare(sql).get(id).count }
    })
    .filter(({ count }) => count > 0)
}

function remove(db, entity, id) {
  db.prepare(`DELETE FROM ${quoted(tableOf(entity))} WHERE id = ?`).run(id)
}

/** How many records that a query finds have each value of a choice, by value. */
function counts({ db, spec }, entity, { query, field }) {
  const { where, values } = queryParts(spec, entity, query)
  const column = `t.${quoted(columnOf(field))}`
  const rows = db
    .prepare(
      `SELECT ${column} AS value, count(*) AS count FROM ${quoted(tableOf(entity))} AS t ${where} GROUP BY 1`,
    )
    .all(values)
  return new Map(rows.map(({ value, count }) => [value, count]))
}

/** Of numbers of the records that a query finds `[{ field, total, average, lowest, highest }]`, without those that are nowhere. */
function figures({ db, spec }, entity, { query, fields }) {
  const { where, values } = queryParts(spec, entity, query)
  return fields.flatMap((field) => {
    const value = expressionOf(spec, entity, { field, alias: "t" })
    const row = db
      .prepare(
        `SELECT count(${value}) AS known, total(${value}) AS total, avg(${value}) AS average, min(${value}) AS lowest, max(${value}) AS highest FROM ${quoted(tableOf(entity))} AS t ${where}`,
      )
      .get(values)
    const scale = numberKind(spec, entity, field) === "money" ? 100 : 1
    const { known, ...found } = row
    const scaled = Object.entries(found).map(([name, number]) => [name, number / scale])
    return known > 0 ? [{ field, ...Object.fromEntries(scaled) }] : []
  })
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
  for (const field of storedFields(entity)) {
    if (Object.hasOwn(values, field.name))
      row[columnOf(field)] = toColumn(field, values[field.name])
  }
  return row
}

function toRecord({ spec }, entity, row) {
  const record = { id: row.id }
  for (const field of entity.fields)
    record[field.name] =
      field.type === "computed"
        ? computedValue(spec, entity, { field, value: row[`= ${field.name}`] })
        : fromColumn(field, row[columnOf(field)])
  return { ...record, created_at: row.created_at, updated_at: row.updated_at }
}
