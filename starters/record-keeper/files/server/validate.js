// What a record may hold. The same rules serve the API and the forms.
import { dayFromNow } from "./query.js"
import { storedFields } from "./spec.js"

/**
 * @param input  field name → value; JSON values (numbers, booleans, strings, null)
 * @param partial  true when only the fields present are to change
 * @param exists  (plural, id) → whether a reference points at something
 * @param before  the record as it is, when one is changed: a value that stays is not judged again
 * @returns {{ values, errors, problem }}; errors maps a field's name to a sentence, `problem` is one
 *   about the record as a whole
 */
export function validate(entity, input, { partial, exists, before }) {
  const values = {}
  const errors = {}
  for (const name of Object.keys(input)) {
    const field = entity.fields.find((each) => each.name === name)
    if (!field) errors[name.slice(0, 60)] = "There is no such field."
    else if (field.type === "computed") errors[name] = `${field.label} is computed by itself.`
  }
  for (const field of storedFields(entity)) {
    const given = Object.hasOwn(input, field.name)
    if (!given && partial) continue
    const value = given
      ? plainly(field, emptyToNull(input[field.name]))
      : (defaultOf(field) ?? null)
    const stays = value !== null && same(value, before?.[field.name])
    const error = stays ? undefined : problemWith(field, value, exists)
    if (error) errors[field.name] = error
    else values[field.name] = settled(field, value)
  }
  const emptied = isBlank(entity, { ...before, ...values }) && !(before && isBlank(entity, before))
  return { values, errors, ...(emptied ? { problem: nothingIn(entity) } : {}) }
}

/** What a new record begins with; undefined where nothing is said. */
export function defaultOf({ type, default: value }) {
  return value === "today" && type === "date" ? dayFromNow(0) : value
}

function settled(field, value) {
  if (field.type === "flag") return value === true
  return field.type === "references" ? [...new Set(value ?? [])] : value
}

const same = (one, other) =>
  Array.isArray(one) ? JSON.stringify(one) === JSON.stringify(other) : one === other

/** A flag says nothing alone: "no" is what it is before anybody has touched it. */
function isBlank(entity, record) {
  const telling = storedFields(entity).filter((field) => field.type !== "flag")
  return telling.length > 0 && telling.every((field) => isEmpty(record[field.name]))
}

const isEmpty = (value) => (value ?? null) === null || (Array.isArray(value) && value.length === 0)

const nothingIn = (entity) =>
  `There is nothing in this ${entity.label.toLowerCase()} yet. Fill in at least one field.`

/** A form sends text only; this turns it into what the API would have received. */
export function fromForm(entity, form) {
  const input = {}
  for (const field of storedFields(entity)) {
    const text = (form.get(field.name) ?? "").trim()
    if (field.type === "flag") input[field.name] = text !== ""
    else if (field.type === "references")
      input[field.name] = form.getAll(field.name).filter(Boolean).map(toNumber)
    else if (text === "") input[field.name] = null
    else input[field.name] = isNumber(field) ? toNumber(text) : text.replaceAll("\r\n", "\n")
  }
  return input
}

const isNumber = (field) =>
  ["whole_number", "decimal", "money", "rating", "reference"].includes(field.type)

/** Text that is no number stays text, so that the form can show it again beside the error. */
function toNumber(text) {
  const number = Number(text.replace(",", "."))
  return Number.isFinite(number) ? number : text
}

function emptyToNull(value) {
  if (typeof value !== "string") return value ?? null
  return value.trim() === "" ? null : value.trim()
}

/** A number where words are kept is its digits, `{"sku": 6204}`, and digits where numbers are kept are a number. */
function plainly(field, value) {
  if (typeof value === "number" && longest[field.type]) return String(value)
  const isWritten = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)
  return isWritten && isNumber(field) ? Number(value) : value
}

/** Whether a value is one that the field could hold; references are not looked up. */
export function fits(field, value) {
  return problemWith(field, value, () => true) === undefined
}

function problemWith(field, value, exists) {
  if (isEmpty(value)) return field.required ? `${field.label} is needed.` : undefined
  return checks[field.type]?.(value, field, exists)
}

const mostRelated = 100
const longest = { text: 200, long_text: 20_000, email: 254, url: 2_000, phone: 40 }

function text(value, field) {
  if (typeof value !== "string") return "Use text."
  if (value.length > longest[field.type]) return `Use at most ${longest[field.type]} characters.`
}

function number(value, field) {
  if (typeof value !== "number" || !Number.isFinite(value)) return "Use a number."
  if (Math.abs(value) > 1e12) return "That number is too large."
  if (field.min !== undefined && value < field.min) return `Use ${field.min} or more.`
  if (field.max !== undefined && value > field.max) return `Use ${field.max} or less.`
}

function wholeNumber(value, field) {
  return number(value, field) ?? (Number.isInteger(value) ? undefined : "Use a whole number.")
}

function money(value, field) {
  const cents = typeof value === "number" ? value * 100 : 0
  return (
    number(value, field) ??
    (Math.abs(cents - Math.round(cents)) < 1e-6 ? undefined : "Use at most two decimals.")
  )
}

function matching(pattern, sentence) {
  return (value, field) =>
    text(value, { ...field, type: longest[field.type] ? field.type : "text" }) ??
    (pattern.test(value) ? undefined : sentence)
}

function calendarDay(value) {
  const day =
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? new Date(`${value}T00:00:00Z`)
      : undefined
  const real = day && !Number.isNaN(day.valueOf()) && day.toISOString().slice(0, 10) === value
  return real ? undefined : "Use a date like 2026-03-31."
}

function dayAndTime(value) {
  const right =
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(value)
  return right && !calendarDay(value.slice(0, 10))
    ? undefined
    : "Use a day and time like 2026-03-31T18:30."
}

function webAddress(value, field) {
  return (
    text(value, field) ??
    (/^https?:\/\/[^\s.]+\.?[^\s]*$/i.test(value) && URL.canParse(value)
      ? undefined
      : "Use an address that starts with https:// or http://.")
  )
}

const checks = {
  text,
  long_text: text,
  whole_number: wholeNumber,
  decimal: number,
  money,
  rating: (value, field) => wholeNumber(value, { min: 1, max: 5, ...field }),
  flag: (value) => (typeof value === "boolean" ? undefined : "Use true or false."),
  date: calendarDay,
  datetime: dayAndTime,
  time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, "Use a time like 18:30."),
  email: matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Use an e-mail address like ada@example.org."),
  url: webAddress,
  phone: matching(/^\+?[\d\s()./-]{3,}$/, "Use a phone number: digits, spaces, + and -."),
  color: matching(/^#[0-9a-f]{6}$/i, "Use a colour like #3366cc."),
  choice: (value, field) =>
    field.choices.includes(value) ? undefined : `Choose one of: ${field.choices.join(", ")}.`,
  reference: (value, field, exists) =>
    Number.isInteger(value) && exists(field.to, value) ? undefined : "Choose one that exists.",
  references: (value, field, exists) => {
    if (!Array.isArray(value)) return "Use a list of numbers."
    if (value.length > mostRelated) return `Choose at most ${mostRelated}.`
    const all = value.every((id) => Number.isInteger(id) && exists(field.to, id))
    return all ? undefined : "Choose those that exist."
  },
}
