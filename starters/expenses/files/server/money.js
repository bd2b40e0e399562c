// Amounts are whole numbers of the currency's smallest unit (cents), so that nothing is lost in sums.
import { Refusal } from "./http.js"

export const amountMost = 1_000_000_000

/** `read(text)` to smallest units, `write(amount)` for people, `plain(amount)` for fields. */
export function makeMoney(currency) {
  const format = new Intl.NumberFormat("en", { style: "currency", currency })
  const digits = format.resolvedOptions().maximumFractionDigits
  const unit = 10 ** digits
  return {
    currency,
    digits,
    write: (amount) => format.format(amount / unit),
    plain: (amount) => (amount / unit).toFixed(digits),
    read(given) {
      const text = String(given ?? "").replaceAll(/[\s'’]/g, "")
      const parts = /^(\d{1,9})(?:[.,](\d+))?$/.exec(withoutGroups(text))
      if (!parts || (parts[2] ?? "").length > digits)
        throw new Refusal(422, `Give an amount such as ${(12.5).toFixed(digits)}.`)
      const amount = Number(parts[1]) * unit + Number((parts[2] ?? "").padEnd(digits, "0"))
      if (amount === 0) throw new Refusal(422, "The amount must be more than nothing.")
      if (amount > amountMost) throw new Refusal(422, "That amount is too large.")
      return amount
    },
  }
}

/** In `1,234.50` and `1.234,50` the first sign only groups thousands. */
function withoutGroups(text) {
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(text)) return text.replaceAll(",", "")
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(text)) return text.replaceAll(".", "")
  return text
}
