/** Currencies as people write them: codes, signs, and names in the prompt's language. */
import { starterLanguages } from "@vibecaas/contract/starter-form"
import { fold, type Passage, type Prompt, type Token } from "./text.ts"

const codes = [
  ...["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD"],
  ...["JPY", "CNY", "INR", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "ZAR", "TRY"],
] as const

const byWord = new Map<string, string>()
for (const code of codes.toReversed()) {
  byWord.set(code.toLowerCase(), code)
  for (const language of starterLanguages) {
    const show = (amount: number, currencyDisplay: "name" | "narrowSymbol") =>
      new Intl.NumberFormat(language, { style: "currency", currency: code, currencyDisplay })
        .formatToParts(amount)
        .find(({ type }) => type === "currency")?.value ?? code
    for (const word of [show(1, "name"), show(2, "name")]) byWord.set(fold(word), code)
    const sign = show(1, "narrowSymbol")
    if (!/\p{L}/u.test(sign)) byWord.set(sign, code)
  }
}
// "Dollars" and "pounds" alone are those that most people mean.
for (const [word, code] of [
  ["dollar", "USD"],
  ["dolar", "USD"],
  ["pound", "GBP"],
  ["pfund", "GBP"],
  ["quid", "GBP"],
  ["buck", "USD"],
  ["pavo", "EUR"],
] as const)
  for (const ending of ["", "s", "es"]) byWord.set(`${word}${ending}`, code)

/** Codes that are English words, too, count in capitals alone. */
const words = new Set(["try", "pen", "cop"])

const codeOf = ({ text, low }: Pick<Token, "text" | "low">): string | undefined =>
  words.has(low) && text !== text.toUpperCase() ? undefined : byWord.get(low)

export const isCurrency = (token: Pick<Token, "text" | "low">): boolean =>
  codeOf(token) !== undefined

/** Currencies that a text names, in its order. */
export function currencyIn({ tokens }: Prompt): { value: string; at: Passage }[] {
  return tokens.flatMap((token) => {
    const { from, to } = token
    const value = codeOf(token)
    return value ? [{ value, at: { from, to } }] : []
  })
}
