// Holds a body to the fields. Every mistake is told at once, each with a pointer to its place.
import { Refusal } from "./http.js"

export const textMost = 2000

/** The values of a whole record; what is left out is null. A Refusal (422) names every mistake. */
export function wholeRecord(fields, body) {
  const given = Object.fromEntries(fields.map(({ name }) => [name, body[name] ?? null]))
  refuseMistakes([
    ...unknownIn(fields, body),
    ...fields.flatMap((field) => wrong(field, given[field.name])),
  ])
  return given
}

/** The values that a body changes; the others stay. */
export function changedValues(fields, body) {
  const named = fields.filter(({ name }) => Object.hasOwn(body, name))
  refuseMistakes([
    ...unknownIn(fields, body),
    ...named.flatMap((field) => wrong(field, body[field.name])),
  ])
  return Object.fromEntries(named.map(({ name }) => [name, body[name]]))
}

function refuseMistakes(errors) {
  if (errors.length === 0) return
  throw new Refusal(422, "Some fields do not fit.", { errors })
}

function unknownIn(fields, body) {
  const known = new Set(fields.map(({ name }) => name))
  return Object.keys(body)
    .filter((name) => !known.has(name))
    .map((name) => ({ pointer: `/${name.slice(0, 60)}`, detail: "There is no such field." }))
}

const checks = {
  text: (value) => typeof value === "string" && value.length <= textMost,
  number: (value) => typeof value === "number" && Number.isFinite(value),
  date: isDate,
  flag: (value) => typeof value === "boolean",
  choice: (value, { choices }) => choices.includes(value),
}

const says = {
  text: () => `Give a text of at most ${textMost} characters.`,
  number: () => "Give a number.",
  date: () => "Give a date as YYYY-MM-DD.",
  flag: () => "Give true or false.",
  choice: ({ choices }) => `Give one of: ${choices.join(", ")}.`,
}

function wrong(field, value) {
  const pointer = `/${field.name}`
  const missing = value === null || value === undefined || (field.required && value === "")
  if (missing) return field.required ? [{ pointer, detail: "This field is required." }] : []
  return checks[field.type](value, field) ? [] : [{ pointer, detail: says[field.type](field) }]
}

function isDate(value) {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}
