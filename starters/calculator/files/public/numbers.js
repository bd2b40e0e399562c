// Numbers as people of each language write them, and amounts with their units.

const locales = { en: "en-US", de: "de-DE", fr: "fr-FR", es: "es-ES" }
const numberCharsMax = 30

/** Signs and codes of money, and the currency that each means. */
const currencyBySign = {
  ...{ "€": "EUR", $: "USD", "£": "GBP", "¥": "JPY", "₹": "INR", R$: "BRL", "Fr.": "CHF" },
  ...{ zł: "PLN", Kč: "CZK", kr: "SEK" },
}
export const currencies = [
  ...["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK"],
  ...["CAD", "AUD", "JPY", "INR", "BRL", "MXN"],
]

/**
 * The number that a text says, or undefined. A mark that groups thousands in the language does so
 * where three digits follow it; any other is that of decimals.
 */
export function readNumber(text, language) {
  const plain = text
    .trim()
    .replaceAll(/[\s\u00a0\u202f'’]/g, "")
    .replace(/^[−–]/, "-")
  if (plain.length > numberCharsMax || !/^[+-]?(?:\d[\d.,]*|[.,]\d+)$/.test(plain)) return undefined
  const decimal = decimalMark(plain, language)
  const grouped = decimal === "," ? "." : ","
  const [whole, ...rest] = plain.split(decimal)
  if (rest.length > 1) return undefined
  const groups = whole.split(grouped)
  if (groups.length > 1 && !isGrouped(groups)) return undefined
  const value = Number(`${groups.join("")}.${rest[0] || 0}`)
  return Number.isFinite(value) ? value : undefined
}

const isGrouped = ([first, ...others]) =>
  /^[+-]?\d{1,3}$/.test(first) && others.every((group) => /^\d{3}$/.test(group))

function decimalMark(text, language) {
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","))
  if (last < 0) return "."
  const mark = text[last]
  const other = mark === "." ? "," : "."
  // "1.234,5": the last one, when there are both, is that of decimals.
  if (text.includes(other)) return mark
  const groups = language === "en" ? "," : language === "fr" ? "" : "."
  const isGrouping = mark === groups || text.indexOf(mark) !== last
  return isGrouping && isGrouped(text.split(mark)) && !/^[+-]?0/.test(text) ? other : mark
}

/** A unit as `{ kind: "percent" | "money" | "number", currency?, unit }`; `unit` is what stands behind the sign. */
export function readUnit(text) {
  const unit = text.trim()
  if (unit === "%") return { kind: "percent", unit: "" }
  const [first] = /^(?:[A-Z]{3}(?![A-Za-z])|R\$|Fr\.|zł|Kč|kr(?!\p{L})|[€$£¥₹])/u.exec(unit) ?? []
  const currency = first && (currencyBySign[first] ?? (currencies.includes(first) && first))
  if (!currency) return { kind: "number", unit }
  return { kind: "money", currency, unit: unit.slice(first.length).trim() }
}

/** The sign of an input's unit, such as "€", "%" or "€/l". */
export function signOf({ kind, currency, unit }, { language }) {
  if (kind === "percent") return "%"
  if (kind !== "money") return unit
  const parts = formatter({ language, style: "currency", currency }).formatToParts(1)
  return joined(parts.find(({ type }) => type === "currency").value, unit)
}

/** A value with its unit as people read it. Shares of percent are numbers from 0 to 1. */
export function showAmount(value, { kind, currency, unit, decimals }, { language }) {
  const digits = decimals ?? (kind === "money" ? undefined : 2)
  const limits =
    digits === undefined
      ? {}
      : { maximumFractionDigits: digits, minimumFractionDigits: kind === "money" ? digits : 0 }
  const style = kind === "money" ? { style: "currency", currency } : { style: kind }
  const options = kind === "number" ? {} : style
  return joined(formatter({ language, ...options, ...limits }).format(value), unit)
}

/** A number as it stands in a field, which reads it again. */
export const plainNumber = (value, language) =>
  formatter({ language, useGrouping: false, maximumFractionDigits: 12 }).format(value)

// What begins with a mark, such as "/l", belongs to what stands before it.
const joined = (text, unit) =>
  !unit || /^[/.]/.test(unit) ? `${text}${unit}` : `${text}\u00a0${unit}`

// Nothing is shown as minus zero.
const shown = { currencyDisplay: "narrowSymbol", signDisplay: "negative" }
const formatters = new Map()
function formatter({ language, ...options }) {
  const key = JSON.stringify([language, options])
  const made =
    formatters.get(key) ?? new Intl.NumberFormat(locales[language], { ...shown, ...options })
  formatters.set(key, made)
  return made
}
