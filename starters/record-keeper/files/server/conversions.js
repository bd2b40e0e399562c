// From a value of one type to a value of another: only where nothing of it is lost.
import { fits } from "./validate.js"

/**
 * @param value  as the API shows it, of the type `from`
 * @returns {{ value }} of the type of `field`, or undefined when it cannot be one
 */
export function converted(from, field, value) {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return { value: field.type === "references" ? [] : null }
  const next = makers[field.type]?.(value, from) ?? fromText(field, textOf(value, from))
  return next !== undefined && fits(field, next) ? { value: next } : undefined
}

const makers = {
  reference: (value, from) => {
    if (from.to !== undefined) return Array.isArray(value) ? onlyOne(value) : value
  },
  references: (value, from) => {
    if (from.to !== undefined) return Array.isArray(value) ? value : [value]
  },
  flag: (value, from) => {
    if (from.type === "flag") return value
    return { yes: true, true: true, 1: true, no: false, false: false, 0: false }[
      String(value).trim().toLowerCase()
    ]
  },
  date: (value, from) => (from.type === "datetime" ? midnight(value) : undefined),
  datetime: (value, from) => (from.type === "date" ? `${value}T00:00` : undefined),
}

const onlyOne = (ids) => (ids.length === 1 ? ids[0] : undefined)
/** A day without its time loses nothing only at midnight. */
const midnight = (value) => (value.endsWith("T00:00") ? value.slice(0, 10) : undefined)

function textOf(value, from) {
  if (from.type === "flag") return value ? "yes" : "no"
  return Array.isArray(value) ? undefined : String(value).trim()
}

function fromText(field, text) {
  if (text === undefined || ["flag", "reference", "references"].includes(field.type))
    return undefined
  if (!["whole_number", "decimal", "money", "rating"].includes(field.type)) return text
  const number = text === "" ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : undefined
}
