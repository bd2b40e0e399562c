import { expect, test } from "vitest"
import { formatsOf } from "./formats.ts"

const optionsOf = (locale: string, currency: string) => {
  const of = formatsOf(locale, currency)
  const separators = `${of.woocommerce_price_thousand_sep}${of.woocommerce_price_decimal_sep}`
  return [separators, of.woocommerce_currency_pos, of.date_format, of.time_format]
}

test.each([
  ["en", "USD", [",.", "left", "m/d/Y", "g:i a"]],
  ["en-GB", "GBP", [",.", "left", "d/m/Y", "H:i"]],
  ["de", "EUR", [".,", "right_space", "d.m.Y", "H:i"]],
  ["nl", "EUR", [".,", "left_space", "d-m-Y", "H:i"]],
  ["ja", "JPY", [",.", "left", "Y/m/d", "H:i"]],
])("%s writes %s and dates in its way", (locale, currency, options) => {
  expect(optionsOf(locale, currency)).toEqual(options)
})

test("a language that writes other digits gets those that the shop's software writes", () => {
  expect(formatsOf("ar-EG", "EGP").woocommerce_price_decimal_sep).toMatch(/^[,.٫]$/)
  expect(formatsOf("ar-EG", "EGP").date_format).toMatch(/Y/)
})

test("letters between the parts of a date are no letters of its format", () => {
  for (const locale of ["bg", "hr", "sv", "lv", "ko"])
    expect(formatsOf(locale, "EUR").date_format.replaceAll(/\\[a-z]/gi, "")).toMatch(
      /^[^A-Za-z]*[Ymd][^A-Za-z]+[Ymd][^A-Za-z]+[Ymd][^A-Za-z]*$/,
    )
})
