// From the question mark in an address to a WHERE and an ORDER BY.
//   ?q=le guin            text that occurs in any text field
//   ?finished=no          a flag; ?status=active a choice; ?author=… a value; ?client=3 a relation
//   ?due_date=overdue     overdue, today, week, month, later, none
//   ?pages.min=100        also .max; numbers, computed ones too, and dates
//   ?_sort=-pages         descending with a minus
//   ?_view=board          a view of the list: it brings its own filter and order
//   ?_page=2&_limit=50

import { quoted, toColumn } from "./columns.js"
import { expressionOf, numberKind } from "./computed.js"
import { columnOf, fieldNamed, viewsOf } from "./spec.js"

const searchable = new Set(["text", "long_text", "email", "url", "phone", "choice"])
const comparable = new Set([
  "whole_number",
  "decimal",
  "money",
  "rating",
  "date",
  "datetime",
  "computed",
])

/** @returns {{ text, sort, limit, offset, page, params, view }} with limit at most 200 */
export function readQuery(params, entity) {
  const limit = clamp(params.get("_limit"), { from: 1, to: 200, otherwise: 25 })
  const page = clamp(params.get("_page"), { from: 1, to: 1_000_000, otherwise: 1 })
  const view = viewsOf(entity).find(({ name }) => name === params.get("_view"))
  return {
    text: (params.get("q") ?? "").slice(0, 200),
    sort: params.get("_sort") ?? sortAsText(view?.sort ?? entity.sort),
    limit,
    page,
    offset: (page - 1) * limit,
    params,
    view,
  }
}

/** @returns the WHERE and ORDER BY of a statement on the table named `t`, with its values */
export function queryParts(spec, entity, query) {
  const at = { spec, entity, conditions: [], values: {} }
  if (query.text) {
    at.conditions.push(searchCondition(entity))
    at.values.text = `%${query.text.replace(/[\\%_]/g, "\\$&")}%`
  }
  for (const field of entity.fields) addConditions(at, field, query.params)
  const own = (query.view?.filter ?? []).map(({ field, is }) => [field, is])
  const ofView = new URLSearchParams(own)
  for (const field of entity.fields) addConditions({ ...at, prefix: "v" }, field, ofView)
  if (query.between) addBetween(at, query.between)
  const where = at.conditions.length > 0 ? `WHERE ${at.conditions.join(" AND ")}` : ""
  return { where, order: orderBy(spec, entity, query.sort), values: at.values }
}

export function sortAsText(sort) {
  return sort ? `${sort.direction === "desc" ? "-" : ""}${sort.field}` : ""
}

function searchCondition(entity) {
  const columns = entity.fields.filter((field) => searchable.has(field.type)).map(columnOf)
  if (columns.length === 0) return "0"
  return `(${columns.map((column) => `t.${quoted(column)} LIKE :text ESCAPE '\\'`).join(" OR ")})`
}

function addConditions({ spec, entity, conditions, values, prefix = "f" }, field, params) {
  const value = expressionOf(spec, entity, { field, alias: "t" })
  // a parameter of our own naming, so that a field's name can be any identifier
  const key = `${prefix}${entity.fields.indexOf(field)}`
  const read = (text) => exactValue({ spec, entity, field }, text)
  const wanted = params.get(field.name)
  if (wanted && field.type === "references") {
    conditions.push(`:${key} IN (SELECT value FROM json_each(${value}))`)
    values[key] = Number(wanted) || 0
  } else if (wanted) {
    const named = isDate(field) ? dayCondition({ value, wanted, entity }) : undefined
    conditions.push(named ?? `${value} IS :${key}`)
    if (!named) values[key] = read(wanted)
  }
  if (!comparable.has(field.type)) return
  for (const [suffix, sign] of [
    ["min", ">="],
    ["max", "<="],
  ]) {
    const bound = params.get(`${field.name}.${suffix}`)
    if (!bound) continue
    conditions.push(`${value} ${sign} :${key}${suffix}`)
    values[`${key}${suffix}`] = read(bound)
  }
}

/** Records of some days, for a calendar. */
function addBetween({ entity, conditions, values }, { field, from, to }) {
  const day = `substr(t.${quoted(columnOf(fieldNamed(entity, field)))}, 1, 10)`
  conditions.push(`${day} >= :from AND ${day} <= :to`)
  Object.assign(values, { from, to })
}

const isDate = (field) => field.type === "date" || field.type === "datetime"

function exactValue({ spec, entity, field }, text) {
  if (field.type === "flag") return text === "yes" || text === "true" || text === "1" ? 1 : 0
  if (
    ["whole_number", "decimal", "money", "rating", "reference", "computed"].includes(field.type)
  ) {
    const number = Number(text)
    if (!Number.isFinite(number)) return null
    if (field.type !== "computed") return toColumn(field, number)
    return numberKind(spec, entity, field) === "money" ? Math.round(number * 100) : number
  }
  return text
}

/** "Overdue" leaves out what is already done, when the records have a flag that says so. */
function dayCondition({ value, wanted, entity }) {
  const day = `substr(${value}, 1, 10)`
  const today = dayFromNow(0)
  const done = entity.fields.find((field) => field.type === "flag" && field.closes)
  const stillOpen = done ? ` AND t.${quoted(columnOf(done))} IS NOT 1` : ""
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
      return `substr(${value}, 1, 7) = '${today.slice(0, 7)}'`
    case "later":
      return `${day} >= '${today}'`
    case "none":
      return `${value} IS NULL`
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

function orderBy(spec, entity, sort) {
  const descending = sort.startsWith("-")
  const field = fieldNamed(entity, sort.replace(/^-/, ""))
  if (!field) return "ORDER BY t.id DESC"
  const value = expressionOf(spec, entity, { field, alias: "t" })
  const direction = descending ? "DESC" : "ASC"
  // choices are in the order in which they are offered
  if (field.type === "choice")
    return `ORDER BY ${value} IS NULL, ${placeOf(value, field.choices)} ${direction}, t.id DESC`
  const collate = searchable.has(field.type) ? " COLLATE NOCASE" : ""
  return `ORDER BY ${value} IS NULL, ${value}${collate} ${direction}, t.id DESC`
}

function placeOf(value, choices) {
  const literal = (text) => `'${text.replaceAll("'", "''")}'`
  const cases = choices.map((choice, at) => `WHEN ${literal(choice)} THEN ${at}`).join(" ")
  return `CASE ${value} ${cases} ELSE ${choices.length} END`
}

function clamp(text, { from, to, otherwise }) {
  const number = Number.parseInt(text ?? "", 10)
  return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, from), to)
}
