import { z } from "zod"

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" })
const groups = new Set([
  "EU",
  "EZ",
  "UN",
  "QO",
  "ZZ",
  "XA",
  "XB",
  "AC",
  "CP",
  "CQ",
  "DG",
  "EA",
  "IC",
  "TA",
])
const currencies = new Set(Intl.supportedValuesOf("currency"))

const isCountry = (code: string) =>
  /^[A-Z]{2}$/.test(code) && !groups.has(code) && regions.of(code) !== undefined

const codesOf = (text: string) => text.split(/[\s,]+/).filter(Boolean)

/** Codes with commas between them: one line of a form. */
const countries = z
  .string()
  .max(300, "Name at most 50 countries.")
  .toUpperCase()
  .overwrite((text) => codesOf(text).join(","))
  .superRefine((text, context) => {
    const codes = codesOf(text)
    const unknown = codes.find((code) => !isCountry(code))
    const say = (message: string) => context.addIssue({ code: "custom", message })
    if (codes.length === 0) say("Name at least one country, such as DE.")
    else if (unknown !== undefined) say(`${unknown} is no country. Write two letters, such as DE.`)
    else if (codes.length > 50) say("Name at most 50 countries.")
    else if (new Set(codes).size < codes.length) say("Name each country once.")
  })

/** Said of what a shop is made with and its owner changes later in its own admin, if at all. */
export const madeWith = {
  fixed: "Counts when the shop is made. Change it later in the shop’s admin.",
}

/** What every shop is asked: its money, where it sells, who runs it. */
export const shopValues = z.strictObject({
  /** ISO 4217 */
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => currencies.has(code), "There is no such currency.")
    .default("EUR")
    .meta(madeWith),
  /** ISO 3166-1, with commas between them; the first is the shop's own */
  countries: countries.default("DE").meta({ title: "Countries it sells to", ...madeWith }),
  adminEmail: z
    .email("Write an address such as name@example.com.")
    .max(200)
    .meta({ title: "Shopkeeper’s e-mail" }),
  /** begins with a few products to look at */
  samples: z
    .boolean()
    .default(true)
    .meta({ title: "Begin with sample products", fixed: "Counts when the shop is made." }),
  locale: z
    .string()
    .max(20)
    .refine(isLocale, "Write a language such as en or de-AT.")
    .default("en")
    .meta({ title: "Language of prices and dates" }),
})
export type ShopValues = z.infer<typeof shopValues>

function isLocale(text: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(text).length === 1
  } catch {
    return false
  }
}
