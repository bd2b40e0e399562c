// From the question mark in an address to a WHERE and an ORDER BY.
//   ?q=le guin            text that occurs in any text field
//   ?finished=no          a flag; ?status=active a choice; ?author=… a value; ?client=3 a reference
//   ?due_date=overdue     overdue, today, week, month, later, none
//   ?pages.min=100        also .max; numbers and dates
//   ?_sort=-pages         descending with a minus
//   ?_page=2&_limit=50

import { quoted, toColumn } from "./columns.js"
import { columnOf } from "./spec.js"

const searchable = new Set(["text", "long_text", "email", "url", "phone", "choice"])
const comparable = new Set(["whole_number", "decimal", "money", "rating", "date", "datetime"])

/** @returns {{ text, sort, limit, offset, page, params }} with limit at most 200 */
export function readQuery(params, entity) {
  const limit = clamp(params.get("_limit"), { from: 1, to: 200, otherwise: 25 })
  const page = clamp(params.get("_page"), { from: 1, to: 1_000_000, otherwise: 1 })
  const sort = params.get("_sort") ?? sortAsText(entity.sort)
  return {
    text: (params.get("q") ?? "").slice(0, 200),
    sort,
    limit,
    page,
    offset: (page - 1) * limit,
    params,
  }
}

export function queryParts(entity, query) {
  const conditions = []
  const values = {}
  if (query.text) {
    conditions.push(searchCondition(entity))
    values.text = `%${query.text.replace(/[\\%_]/g, "\\$&")}%`
  }
  for (const field of entity.fields) addConditions(field, { query, entity, conditions, values })
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""
  return { where, order: orderBy(entity, query.sort), values }
}

export function sortAsText(sort) {
  return sort ? `${sort.direction === "desc" ? "-" : ""}${sort.field}` : ""
}

function searchCondition(entity) {
  const columns = entity.fields.filter((field) => searchable.has(field.type)).map(columnOf)
  if (columns.length === 0) return "0"
  return `(${columns.map((column) => `${quoted(column)} LIKE :text ESCAPE '\\'`).join(" OR ")})`
}

function addConditions(field, { query, entity, conditions, values }) {
  const column = quoted(columnOf(field))
  // a parameter of our own naming, so that a field's name can be any identifier
  const key = `f${entity.fields.indexOf(field)}`
  const wanted = query.params.get(field.name)
  if (wanted) {
    const named = isDate(field) ? dayCondition({ column, wanted, entity }) : undefined
    conditions.push(named ?? `${column} IS :${key}`)
    if (!named) values[key] = exactValue(field, wanted)
  }
  if (!comparable.has(field.type)) return
  for (const [suffix, sign] of [
    ["min", ">="],
    ["max", "<="],
  ]) {
    const bound = query.params.get(`${field.name}.${suffix}`)
    if (!bound) continue
    conditions.push(`${column} ${sign} :${key}${suffix}`)
    values[`${key}${suffix}`] = exactValue(field, bound)
  }
}

const isDate = (field) => field.type === "date" || field.type === "datetime"

function exactValue(field, text) {
  if (field.type === "flag") return text === "yes" || text === "true" || text === "1" ? 1 : 0
  if (["whole_number", "decimal", "money", "rating", "reference"].includes(field.type)) {
    const number = Number(text)
    return Number.isFinite(number) ? toColumn(field, number) : null
  }
  return text
}

/** "Overdue" leaves out what is already done, when the records have a flag that says so. */
function dayCondition({ column, wanted, entity }) {
  const day = `substr(${column}, 1, 10)`
  const today = dayFromNow(0)
  const done = entity.fields.find((field) => field.type === "flag" && field.closes)
  const stillOpen = done ? ` AND ${quoted(columnOf(done))} IS NOT 1` : ""
  switch (wanted) {
    case "overdue":
      return `(${day} < '${today}'${stillOpen})`
    case "past":
      return `${day} < '${today}'`
    case "today":
      return `${day} = '${today}'`
    case "week":
      return `(${day} >= '${today}' AND ${day} <= '${dayFromNow(7)}')`
    case "month":
      return `substr(${column}, 1, 7) = '${today.slice(0, 7)}'`
    case "later":
      return `${day} >= '${today}'`
    case "none":
      return `${column} IS NULL`
    default:
      return undefined
  }
}

/** A local calendar day as YYYY-MM-DD. */
export function dayFromNow(days) {
  const at = new Date()
  at.setDate(at.getDate() + days)
  const two = (number) => String(number).padStart(2, "0")
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

function orderBy(entity, sort) {
  const descending = sort.startsWith("-")
  const field = entity.fields.find((each) => each.name === sort.replace(/^-/, ""))
  if (!field) return "ORDER BY id DESC"
  const collate = searchable.has(field.type) ? " COLLATE NOCASE" : ""
  const column = quoted(columnOf(field))
  return `ORDER BY ${column} IS NULL, ${column}${collate} ${descending ? "DESC" : "ASC"}, id DESC`
}

function clamp(text, { from, to, otherwise }) {
  const number = Number.parseInt(text ?? "", 10)
  return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, from), to)
}
