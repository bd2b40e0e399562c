// What a column holds: numbers, money, dates or text, read from its values. A few values that do not
// fit are named and left out of sums; with more of them the column is text.

const tolerance = 0.9
const moneySign = /[€$£¥₣]|\b(EUR|USD|GBP|CHF|JPY|SEK|PLN|CAD|AUD)\b/gi
const moneyName =
  /price|revenue|amount|cost|sales|total|income|spend|budget|preis|umsatz|betrag|kosten|prix|montant|coût|precio|importe|coste|ventas/i

const numberForms = {
  english: {
    fits: /^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/,
    plain: (text) => text.replaceAll(",", ""),
  },
  german: {
    fits: /^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/,
    plain: (text) => text.replaceAll(".", "").replace(",", "."),
  },
}

const dateForms = [
  { fits: /^(\d{4})-(\d{1,2})-(\d{1,2})([T ].*)?$/, order: [1, 2, 3] },
  { fits: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, order: [3, 2, 1] },
  { fits: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: [3, 1, 2] },
  { fits: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: [3, 2, 1] },
]

/** `{ name, type, values, misfits: [{ line, value }] }`; values are numbers, ISO dates, texts or null. */
export function readColumn({ name, cells, lines, separator }) {
  for (const { type, read } of readersFor(separator)) {
    const values = cells.map((cell) => (cell === "" ? null : read(cell)))
    const misfits = cells.flatMap((cell, index) =>
      values[index] === undefined ? [{ line: lines[index], value: cell.slice(0, 40) }] : [],
    )
    const filled = cells.filter((cell) => cell !== "").length
    if (filled === 0 || misfits.length > filled * (1 - tolerance)) continue
    const clean = values.map((value) => value ?? null)
    return { name, type: isMoney(type, name, cells) ? "money" : type, values: clean, misfits }
  }
  return { name, type: "text", values: cells.map((cell) => cell || null), misfits: [] }
}

function isMoney(type, name, cells) {
  if (type !== "number") return false
  return moneyName.test(name) || cells.some((cell) => cell.search(moneySign) >= 0)
}

/** Where cells are cut by semicolons, commas are most likely those of decimals. */
function readersFor(separator) {
  const { english, german } = numberForms
  const numbers = separator === ";" ? [german, english] : [english, german]
  return [
    ...numbers.map((form) => ({ type: "number", read: (cell) => readNumber(cell, form) })),
    ...dateForms.map((form) => ({ type: "date", read: (cell) => readDate(cell, form) })),
  ]
}

function readNumber(cell, { fits, plain }) {
  const text = cell.replace(moneySign, "").replace(/[\s\u00A0\u202F%']/g, "")
  // a leading zero makes it a code, such as a postcode
  if (!fits.test(text) || /^-?0\d/.test(text)) return undefined
  const value = Number(plain(text))
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? value : undefined
}

function readDate(cell, { fits, order }) {
  const parts = fits.exec(cell)
  if (!parts) return undefined
  const [year, month, day] = order.map((at) => Number(parts[at]))
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real ? date.toISOString().slice(0, 10) : undefined
}
