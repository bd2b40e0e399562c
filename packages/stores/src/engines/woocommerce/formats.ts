/** How a language writes prices and dates, as options of WordPress and WooCommerce by their names. */
export function formatsOf(locale: string, currency: string) {
  const price = priceParts(locale, currency)
  return {
    woocommerce_price_decimal_sep: price.decimal,
    woocommerce_price_thousand_sep: price.group,
    woocommerce_currency_pos: price.position,
    date_format: dateFormat(locale),
    time_format: hasTwelveHours(locale) ? "g:i a" : "H:i",
  }
}

function priceParts(locale: string, currency: string) {
  const style = { style: "currency", currency, numberingSystem: "latn" } as const
  const format = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: 2 })
  const parts = format.formatToParts(1_234_567.89)
  const part = (type: string) => parts.find((each) => each.type === type)?.value
  const before = parts.findIndex(({ type }) => type === "currency")
  const isLeft = before < parts.findIndex(({ type }) => type === "integer")
  const next = parts[isLeft ? before + 1 : before - 1]
  const space = next?.type === "literal" && next.value.trim() === "" ? "_space" : ""
  return {
    decimal: part("decimal") ?? ".",
    // Browsers break a price at a plain space; a language's own narrow one is kept.
    group: part("group") ?? "",
    position: `${isLeft ? "left" : "right"}${space}`,
  }
}

const digits = { numberingSystem: "latn", calendar: "gregory" } as const
const letters: Record<string, string> = { year: "Y", month: "m", day: "d" }

/** In digits alone: names of months are of the language that the shop's software has. */
function dateFormat(locale: string): string {
  const wanted = { year: "numeric", month: "2-digit", day: "2-digit" } as const
  return new Intl.DateTimeFormat(locale, { ...digits, ...wanted })
    .formatToParts(new Date(0))
    .map(({ type, value }) => letters[type] ?? value.replaceAll(/[a-z\\]/gi, String.raw`\$&`))
    .join("")
}

function hasTwelveHours(locale: string): boolean {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions()
  return hour12 === true
}
