// How values are written for people.

export function makeFormat(currency) {
  const money = new Intl.NumberFormat("en", { style: "currency", currency })
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 })
  const shortNumber = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 })
  const shortMoney = new Intl.NumberFormat("en", {
    ...{ style: "currency", currency, notation: "compact" },
    ...{ minimumFractionDigits: 0, maximumFractionDigits: 1 },
  })
  return {
    value(value, type) {
      if (value === null || value === undefined) return "–"
      if (type === "money") return money.format(value)
      if (type === "number") return number.format(value)
      return String(value)
    },
    short: (value, type) => (type === "money" ? shortMoney : shortNumber).format(value),
    count: (value) => number.format(value),
  }
}

/** `2026-03` as “Mar 2026”, a day as “4 Mar 2026”, a year as it is. */
export function dateLabel(label) {
  const [year, month, day] = label.split("-")
  if (!month) return year
  const date = new Date(`${year}-${month}-${day ?? "01"}T00:00:00Z`)
  const form = { month: "short", year: "numeric", timeZone: "UTC", ...(day && { day: "numeric" }) }
  return new Intl.DateTimeFormat("en-GB", form).format(date)
}
