// Fields that are computed: each is an expression in SQL, so that lists can be ordered and filtered by
// them like by any other. Money is computed in hundredths and rounded once, at the end.
import { quoted } from "./columns.js"
import { columnOf, entityByPlural, fieldNamed, tableOf } from "./spec.js"

const deepest = 4

/** What kind of number a field holds: "whole", "decimal" or "money". */
export function numberKind(spec, entity, field, depth = 0) {
  const { type, formula } = field
  if (type === "money") return "money"
  if (type === "decimal") return "decimal"
  if (type !== "computed" || depth > deepest) return "whole"
  const kinds = operandsOf(spec, entity, formula).map((operand) =>
    numberKind(spec, operand.entity, operand.field, depth + 1),
  )
  if (kinds.includes("money")) return "money"
  return kinds.includes("decimal") || !Number.isInteger(formula.factor ?? 1) ? "decimal" : "whole"
}

function operandsOf(spec, entity, formula) {
  if (formula.kind === "sum") {
    const of = entityByPlural(spec, formula.of)
    return [{ entity: of, field: fieldNamed(of, formula.field) }]
  }
  const names = formula.kind === "product" || formula.kind === "difference" ? formula.fields : []
  return names.map((name) => ({ entity, field: fieldNamed(entity, name) }))
}

/** The SQL of a field's value in the row `alias`; of a stored field, its column. */
export function expressionOf(spec, entity, { field, alias, depth = 0 }) {
  if (field.type !== "computed") return `${alias}.${quoted(columnOf(field))}`
  if (depth > deepest) throw new Error(`${field.name} is computed from itself`)
  const inner = (each, of = entity, as = alias) =>
    expressionOf(spec, of, { field: each, alias: as, depth: depth + 1 })
  return formulas[field.formula.kind]({ spec, entity, field, alias, inner, depth })
}

const formulas = {
  count: (at) => `(SELECT count(*) ${pointingHere(at)})`,
  sum: (at) => {
    const of = entityByPlural(at.spec, at.field.formula.of)
    const summed = at.inner(fieldNamed(of, at.field.formula.field), of, inside(at))
    // total() is never NULL and cannot overflow as sum() does
    const sum = `(SELECT total(${summed}) ${pointingHere(at)})`
    return numberKind(at.spec, at.entity, at.field) === "decimal" ? `ROUND(${sum}, 6)` : whole(sum)
  },
  days_until: ({ entity, field, inner }) => {
    const day = `substr(${inner(fieldNamed(entity, field.formula.field))}, 1, 10)`
    return `CAST(julianday(${day}) - julianday(date('now', 'localtime')) AS INTEGER)`
  },
  product: (at) => result(at, at.field.formula.fields.map((name) => operand(at, name)).join(" * ")),
  difference: (at) =>
    result(at, at.field.formula.fields.map((name) => operand(at, name)).join(" - ")),
}

const inside = ({ depth }) => `r${depth + 1}`

/** The records of another list whose relation points at this one. */
function pointingHere(at) {
  const { of, by } = at.field.formula
  const other = entityByPlural(at.spec, of)
  const relation = fieldNamed(other, by)
  const column = `${inside(at)}.${quoted(columnOf(relation))}`
  const points =
    relation.type === "references"
      ? `${at.alias}.id IN (SELECT value FROM json_each(${column}))`
      : `${column} = ${at.alias}.id`
  return `FROM ${quoted(tableOf(other))} AS ${inside(at)} WHERE ${points}`
}

/** A number of this record; beside money a plain difference is in hundredths too. */
function operand({ spec, entity, field, inner }, name) {
  const each = fieldNamed(entity, name)
  const kinds = field.formula.fields.map((one) => numberKind(spec, entity, fieldNamed(entity, one)))
  const isMoney = numberKind(spec, entity, each) === "money"
  const scaled = kinds.includes("money") && !isMoney && field.formula.kind === "difference"
  return scaled ? `(${inner(each)} * 100)` : `(${inner(each)})`
}

/** Times the factor, as a whole number over a power of ten: 0.19 has no exact binary form. */
function result(at, expression) {
  const { formula } = at.field
  const moneys = formula.fields.filter(
    (name) => numberKind(at.spec, at.entity, fieldNamed(at.entity, name)) === "money",
  ).length
  // money times money is in hundredths of hundredths
  const spare = formula.kind === "product" && moneys > 1 ? 100 ** (moneys - 1) : 1
  const factor = Math.round((formula.factor ?? 1) * 1e6)
  const times = factor === 1e6 && spare === 1 ? "" : ` * ${factor} / ${1e6 * spare}.0`
  const exact = `ROUND((${expression})${times}, 6)`
  if (numberKind(at.spec, at.entity, at.field) === "decimal") return exact
  return whole(exact)
}

/** As far as a number of JavaScript can hold it. */
const whole = (value) => `CAST(ROUND(max(-9e15, min(9e15, ${value}))) AS INTEGER)`

/** From what SQL computed to what people and the API see. */
export function computedValue(spec, entity, { field, value }) {
  if (value === null || value === undefined) return null
  return numberKind(spec, entity, field) === "money" ? value / 100 : value
}
