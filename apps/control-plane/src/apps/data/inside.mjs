// Reads and changes SQLite databases below the folder it is started in: an app's data, in its machine.
//
// usage: node --input-type=module -e PROGRAM < REQUEST
//
// A request is one line of JSON, with an `op`; rows to bring in follow, a line each. The answer is JSON:
// `{"error": …}` with a sentence where it cannot be done. An export is the file itself. No text of a request is
// ever part of a statement: names are looked up in the database, and quoted.
import { once } from "node:events"
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  rmSync,
} from "node:fs"
import { join, resolve, sep } from "node:path"
import { createInterface } from "node:readline"
import { backup, DatabaseSync } from "node:sqlite"

const limits = { databases: 20, tables: 100, columns: 200, depth: 4, text: 300, errors: 50 }
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const request = JSON.parse((await lines.next()).value)
const ops = { list, rows, export: exportTable, import: importRows, copy, replace }

class Refusal extends Error {}

function list() {
  const found = []
  walk(".", 0, found)
  return { items: found.map(describe) }
}

function walk(folder, depth, found) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    const seen = lstatSync(path)
    if (found.length >= limits.databases) return
    if (seen.isDirectory() && depth < limits.depth) walk(path, depth + 1, found)
    else if (seen.isFile() && isDatabase(path)) found.push({ path, bytes: seen.size })
  }
}

function isDatabase(path) {
  const head = Buffer.alloc(16)
  const file = openSync(path, "r")
  readSync(file, head, 0, 16, 0)
  closeSync(file)
  return head.toString("latin1") === "SQLite format 3\0"
}

function describe(file) {
  try {
    const db = open(file.path)
    const tables = namesOf(db).map((name) => {
      const rows = counted(db, `select 1 from ${quoted(name)}`, [])
      return { name, rows, columns: columnsOf(db, name) }
    })
    db.close()
    return { ...file, tables, failure: null }
  } catch (error) {
    return { ...file, tables: [], failure: String(error.message) }
  }
}

function open(path, readOnly = true) {
  const real = realpathSync(path)
  if (!real.startsWith(realpathSync(".") + sep) || !isDatabase(real)) {
    throw new Refusal(`There is no SQLite database ${path} in /data.`)
  }
  const db = new DatabaseSync(real, { readOnly, timeout: 3000 })
  db.exec("pragma trusted_schema = off")
  return db
}

function namesOf(db) {
  const text = `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'
    order by name limit ${limits.tables}`
  return db
    .prepare(text)
    .all()
    .map(({ name }) => name)
}

function columnsOf(db, table) {
  const text = `select name, type, "notnull" as required, pk from pragma_table_info(?) limit ${limits.columns}`
  const found = db.prepare(text).all(table)
  return found.map(({ name, type, required, pk }) => ({
    ...{ name, type, required: required === 1 || pk > 0, key: pk > 0 },
  }))
}

function needTable(db, table) {
  const { name } =
    db.prepare("select name from sqlite_schema where type = 'table' and name = ?").get(table) ?? {}
  if (name === undefined) throw new Refusal(`There is no table ${table}.`)
  return { name: quoted(name), columns: columnsOf(db, name) }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`

function counted(db, query, values) {
  const text = `select count(*) as n from (${query} limit ${request.countedMax + 1})`
  const { n } = db.prepare(text).get(...values)
  return n > request.countedMax ? null : n
}

function rows({ database, table, search, sort, descending, limit, offset }) {
  const db = open(database)
  const { name, columns } = needTable(db, table)
  const by = columns.find((column) => column.name === sort)
  if (sort !== undefined && !by) throw new Refusal(`${table} has no column ${sort}.`)
  const any = columns.map(
    (column) => `instr(lower(cast(${quoted(column.name)} as text)), lower(?)) > 0`,
  )
  const where = search ? ` where ${any.join(" or ")}` : ""
  const values = search ? columns.map(() => search) : []
  const order = by ? ` order by ${quoted(by.name)} ${descending ? "desc" : "asc"}` : ""
  const text = `select ${columns.map((column) => quoted(column.name))} from ${name}${where}${order} limit ? offset ?`
  const read = db.prepare(text)
  read.setReadBigInts(true)
  read.setReturnArrays(true)
  const found = read.all(...values, limit, offset).map((row) => row.map(shown))
  return { columns, rows: found, total: counted(db, `select 1 from ${name}${where}`, values) }
}

function shown(value) {
  if (typeof value === "bigint") return plain(value)
  if (value instanceof Uint8Array) return { bytes: value.length }
  if (typeof value !== "string" || value.length <= limits.text) return value
  return { text: value.slice(0, limits.text), length: value.length }
}

/** What JSON cannot hold is a text. */
const plain = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))

async function exportTable({ database, table, format }) {
  const db = open(database)
  const { name, columns } = needTable(db, table)
  const names = columns.map((column) => column.name)
  const read = db.prepare(`select ${names.map(quoted)} from ${name}`)
  read.setReadBigInts(true)
  read.setReturnArrays(true)
  if (format === "csv") await write(csvLine(names))
  else await write("[")
  let first = true
  for (const row of read.iterate()) {
    if (format === "csv") await write(csvLine(row.map(asText)))
    else await write(`${first ? "" : ","}\n${JSON.stringify(asObject(names, row))}`)
    first = false
  }
  if (format === "json") await write("\n]\n")
}

async function write(text) {
  if (!process.stdout.write(text)) await once(process.stdout, "drain")
}

const formula = /^'*[=+\-@\t\r]/

const asText = (value) =>
  value instanceof Uint8Array ? `base64:${Buffer.from(value).toString("base64")}` : value

const csvLine = (values) => `${values.map(csvCell).join(",")}\r\n`

/** An empty text is quoted, which nothing is not; what a spreadsheet would take for a formula is a text. */
function csvCell(value) {
  if (value === null) return ""
  const text = typeof value === "string" && formula.test(value) ? `'${value}` : String(value)
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const asObject = (names, row) =>
  Object.fromEntries(
    row.map((value, at) => [names[at], typeof value === "bigint" ? plain(value) : asText(value)]),
  )

async function importRows({ database, table, dryRun, replace: anew }) {
  const db = open(database, false)
  const { name, columns } = needTable(db, table)
  const errors = []
  const fail = (line, say) => errors.length < limits.errors && errors.push({ line, say })
  const bring = bringer(db, name, columns)
  let found = 0
  db.exec("begin immediate; pragma defer_foreign_keys = on")
  try {
    if (anew) db.exec(`delete from ${name}`)
    for await (const text of lines) {
      const { line, values } = JSON.parse(text)
      found += 1
      const say = bring(values)
      if (say) fail(line, say)
    }
    const astray = db.prepare("select count(*) as n from pragma_foreign_key_check").get().n
    if (astray > 0) fail(0, "Some rows refer to others that would not be there.")
    const written = errors.length === 0 && !dryRun
    db.exec(written ? "commit" : "rollback")
    return { rows: found, added: written ? found : 0, errors }
  } catch (error) {
    if (db.isTransaction) db.exec("rollback")
    throw error
  }
}

/** Adds one row; answers why it does not fit. */
function bringer(db, name, columns) {
  const known = new Map(columns.map((column) => [column.name, column]))
  const statements = new Map()
  return (values) => {
    const names = Object.keys(values)
    const unknown = names.find((each) => !known.has(each))
    if (unknown !== undefined) return `There is no column “${unknown}”.`
    if (names.length === 0) return "The row is empty."
    const odd = names.find((each) => !fits(known.get(each).type, values[each]))
    if (odd !== undefined) return `${odd}: “${String(values[odd]).slice(0, 60)}” is no number.`
    const key = names.join("\0")
    const text = `insert into ${name} (${names.map(quoted)}) values (${names.map(() => "?")})`
    const insert = statements.get(key) ?? db.prepare(text)
    statements.set(key, insert)
    try {
      insert.run(...names.map((each) => stored(values[each])))
      return undefined
    } catch (error) {
      if (error.code !== "ERR_SQLITE_ERROR") throw error
      return sentence(error.message)
    }
  }
}

const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`

/** A column of numbers would keep any text that somebody gives it. */
function fits(type, value) {
  const numbers = /int|real|floa|doub|numeric|decimal/i.test(type) && !/char|text|clob/i.test(type)
  if (!numbers || typeof value !== "string") return true
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)
}

function stored(value) {
  if (typeof value === "boolean") return value ? 1 : 0
  if (typeof value === "string" && value.startsWith("base64:"))
    return Buffer.from(value.slice(7), "base64")
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value
}

/** A copy as it is at one moment, for whoever asked to take away. */
async function copy({ database, to }) {
  const db = open(database)
  const place = resolve(process.env.TMPDIR ?? "/tmp", to)
  rmSync(place, { force: true })
  await backup(db, place)
  db.close()
  return { bytes: lstatSync(place).size }
}

/** SQLite's own way to fill one database from another: whoever has it open sees all of it at once. */
async function replace({ database, from }) {
  const place = resolve(process.env.TMPDIR ?? "/tmp", from)
  try {
    if (!isDatabase(place)) throw new Refusal("That is no SQLite database.")
    open(database).close()
    const source = new DatabaseSync(place, { readOnly: true })
    const [state] = Object.values(source.prepare("pragma quick_check(1)").get())
    if (state !== "ok") throw new Refusal(`The database is damaged: ${state}`)
    await backup(source, realpathSync(database))
    source.close()
    return {}
  } finally {
    rmSync(place, { force: true })
  }
}

try {
  const answer = await ops[request.op](request)
  if (answer !== undefined) process.stdout.write(JSON.stringify(answer))
} catch (error) {
  const broken = error.errcode === 11 || error.errcode === 26
  const say = broken ? "The file is damaged, or no SQLite database." : String(error.message)
  const known = error instanceof Refusal || error.code === "ERR_SQLITE_ERROR"
  process.stdout.write(JSON.stringify({ error: known ? say : `It could not be read: ${say}` }))
}
