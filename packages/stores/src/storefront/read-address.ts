import { fields } from "./pages/checkout.ts"
import type { Region } from "./shop-api-shapes.ts"

type Names = (typeof fields)[number]["name"] | "country_code"
export type BuyersAddress = Record<Names, string>

/** What the buyer wrote, trimmed; or what is wrong, a sentence for each field. */
export function readAddress(
  form: Record<string, string>,
  region: Region,
): { address: BuyersAddress } | { mistakes: Record<string, string> } {
  const value = (name: string) => (form[name] ?? "").trim()
  const mistakes: Record<string, string> = {}
  for (const { name, label, most } of fields) {
    if (value(name) === "") mistakes[name] = `${label} is needed.`
    else if (value(name).length > most) mistakes[name] = `Use at most ${most} characters.`
  }
  if (value("email") && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value("email")))
    mistakes.email = "Write an address such as name@example.com."
  if (!region.countries.some(({ iso_2 }) => iso_2 === value("country_code")))
    mistakes.country_code = "The shop does not deliver to this country."
  if (Object.keys(mistakes).length > 0) return { mistakes }
  const names: Names[] = [...fields.map(({ name }) => name), "country_code"]
  return {
    address: Object.fromEntries(names.map((name) => [name, value(name)])) as BuyersAddress, // all names
  }
}
