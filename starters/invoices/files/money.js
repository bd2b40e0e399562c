// Exact money: whole cents, thousandths of a quantity, hundredths of a per cent. Never fractions.
import { settings } from "./settings.js"

/** What a line may hold, so that sums stay exact and pages readable. */
export const limits = { quantityMilli: 10_000_000, unitCents: 100_000_000, lines: 50 }

/**
 * A number that a person wrote, in units of its last digit; both 12.5 and 12,5 are understood.
 * @param digits how many digits after the point are kept, so `parse("12.5", 2)` is 1250
 * @returns nothing when it is no such number
 */
export function parse(text, digits) {
  const found = /^(-?)(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim())
  if (!found || (found[3] ?? "").length > digits) return undefined
  const [, sign, whole, rest = ""] = found
  return Number(`${sign}${whole}${rest.padEnd(digits, "0")}`)
}

/** The number as it is typed: no more digits than it needs, at least `least` after the point. */
export function typed(units, digits, least = 0) {
  const text = String(Math.abs(units)).padStart(digits + 1, "0")
  const [whole, rest] = [text.slice(0, -digits), text.slice(-digits)]
  const kept = rest.replace(/0+$/, "").padEnd(least, "0")
  return `${units < 0 ? "-" : ""}${whole}${kept && `.${kept}`}`
}

/** Tax rates that can be chosen, in hundredths of a per cent, the usual one first. */
export const taxRates = [
  ...new Set(
    [String(settings.tax_rate), ...settings.other_tax_rates].flatMap((text) => {
      const rate = parse(text.replace("%", ""), 2)
      if (rate !== undefined && rate >= 0 && rate < 10_000) return [rate]
      console.error(`settings.json: this is not a tax rate: ${text}`)
      return []
    }),
  ),
]
export const rateText = (rate) => `${typed(rate, 2)} %`

/** @param currency that of the invoice; by default what the settings say now */
export const money = (cents, currency = settings.currency) =>
  new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(cents / 100)

/** What a line costs without tax, in cents. */
export const lineCents = ({ quantity_milli, unit_cents }) =>
  dividedRound(BigInt(quantity_milli) * BigInt(unit_cents), 1000n)

/**
 * Net, the tax of each rate, and gross, in cents. Tax is taken once from all that has the same
 * rate, not line by line, so that rounding does not add up.
 */
export function totalsOf(items) {
  const byRate = new Map()
  for (const item of items)
    byRate.set(item.tax_rate, (byRate.get(item.tax_rate) ?? 0) + lineCents(item))
  const taxes = [...byRate]
    .sort(([one], [other]) => other - one)
    .map(([rate, net]) => ({ rate, net, tax: dividedRound(BigInt(net) * BigInt(rate), 10_000n) }))
  const net = taxes.reduce((sum, part) => sum + part.net, 0)
  return { net, taxes, gross: taxes.reduce((sum, part) => sum + part.tax, net) }
}

/** Rounded to the nearest whole, halves away from zero, as people do it on paper. */
function dividedRound(amount, by) {
  const size = amount < 0n ? -amount : amount
  const rounded = (size + by / 2n) / by
  return Number(amount < 0n ? -rounded : rounded)
}
