// Values for the tests, of any field that app.json can have: two valid ones that differ wherever the type
// allows it, and one that must be refused.
import { isRelation, storedFields } from "../server/spec.js"

/** Relations have none: they need a record to point at. */
export function sampleValue(field, which) {
  const { type, label } = field
  if (type === "choice") return field.choices[which] ?? field.choices[0]
  if (type === "rating") return which === 0 ? (field.max ?? 5) : (field.min ?? 1)
  if (type === "text") return `${which === 0 ? "First" : "Second"} ${label.toLowerCase()}`
  if (type === "long_text") return which === 0 ? "Several words\non two lines" : "Other words"
  const number = numbers[type]?.[which]
  return number === undefined ? words[type][which] : within(field, number)
}

const numbers = { whole_number: [12, 3], decimal: [2.5, 7.25], money: [19.99, 5] }

const words = {
  flag: [true, false],
  date: ["2026-03-31", "2025-12-01"],
  datetime: ["2026-03-31T18:30", "2025-12-01T08:00"],
  time: ["18:30", "08:00"],
  email: ["ada@example.org", "grace@example.org"],
  url: ["https://example.org/one", "https://example.org/two"],
  phone: ["+44 20 7946 0000", "+1 202 555 0100"],
  color: ["#3366cc", "#cc6633"],
}

function within({ type, min, max }, number) {
  const least = min !== undefined && type === "whole_number" ? Math.ceil(min) : min
  return Math.min(Math.max(number, least ?? number), max ?? number)
}

/** A value of the wrong kind, as the API would receive it. */
export function wrongValue(field) {
  const { type } = field
  if (type === "text" || type === "long_text") return true
  if (type === "rating") return (field.max ?? 5) + 1
  if (type === "whole_number") return 1.5
  if (type === "money") return 1.005
  if (type === "reference") return 999_999
  if (type === "references") return [999_999]
  return `not a ${type}`
}

/** The fields of the least record that is accepted: what is needed, or else any one field. */
function smallest(entity) {
  const fields = storedFields(entity)
  const needed = fields.filter((field) => field.required)
  if (needed.some(({ type }) => type !== "flag")) return needed
  const rest = fields.filter(({ type }) => type !== "flag")
  const one = rest.find((field) => !isRelation(field)) ?? rest[0]
  return one && !needed.includes(one) ? [...needed, one] : needed
}

/** Makes records through the API, and the records that they point at. */
export function recordMaker(app, spec) {
  const targets = new Map()

  async function valuesOf(fields, which) {
    const values = {}
    for (const field of fields) {
      const target = isRelation(field) ? await targetOf(field.to) : undefined
      if (field.type === "reference") values[field.name] = target
      else if (field.type === "references") values[field.name] = which === 0 ? [target] : []
      else values[field.name] = sampleValue(field, which)
    }
    return values
  }

  /** A record of a list that others can point at, always the same. */
  async function targetOf(plural) {
    if (!targets.has(plural)) targets.set(plural, (await smallestOf(plural)).id)
    return targets.get(plural)
  }

  async function smallestOf(plural, more = {}) {
    const entity = spec.entities.find((each) => each.plural === plural)
    // who may add but not see is told the id alone
    return add(entity, { ...(await valuesOf(smallest(entity), 0)), ...more })
  }

  async function add(entity, values) {
    const answer = await app.api("POST", `/api/${entity.plural}`, values)
    if (answer.status !== 201) throw new Error(`${entity.plural}: ${answer.status} ${answer.text}`)
    return answer.body
  }

  return {
    /** every field but the computed ones filled in */
    values: (entity, which = 0) => valuesOf(storedFields(entity), which),
    added: async (entity, { which = 0, ...more } = {}) =>
      add(entity, { ...(await valuesOf(storedFields(entity), which)), ...more }),
    smallestOf,
  }
}

/** A record without what the app adds by itself. */
export function plain(entity, { id: _, created_at: __, updated_at: ___, ...record }) {
  for (const field of entity.fields) if (field.type === "computed") delete record[field.name]
  return record
}

/** A local day some days from now. */
export function dayFromNow(days) {
  const at = new Date()
  at.setDate(at.getDate() + days)
  const two = (number) => String(number).padStart(2, "0")
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
