import { expect, test } from "vitest"
import { changeValues } from "../terms.ts"
import { medusa } from "./medusa/engine.ts"
import { shopValues } from "./shop-values.ts"

const adminEmail = "owner@example.com"
const mistakesOf = (values: object) =>
  Object.fromEntries(
    (shopValues.safeParse({ adminEmail, ...values }).error?.issues ?? []).map(
      ({ path, message }) => [path.join("/"), message],
    ),
  )

test("a shop that nobody chose anything for sells in euros to Germany", () => {
  expect(shopValues.parse({ adminEmail })).toMatchObject({ currency: "EUR", countries: "DE" })
})

test("codes may be written as people write lists", () => {
  expect(shopValues.parse({ adminEmail, countries: " de, at ch " }).countries).toBe("DE,AT,CH")
  expect(shopValues.parse({ adminEmail, currency: " usd" }).currency).toBe("USD")
})

test.each([
  [{ currency: "EURO" }, { currency: "There is no such currency." }],
  [{ countries: "DE,XX" }, { countries: "XX is no country. Write two letters, such as DE." }],
  [{ countries: "EU" }, { countries: "EU is no country. Write two letters, such as DE." }],
  [{ countries: "DE,AT,DE" }, { countries: "Name each country once." }],
  [{ countries: " , " }, { countries: "Name at least one country, such as DE." }],
  [{ adminEmail: "owner" }, { adminEmail: "Write an address such as name@example.com." }],
  [{ locale: "not a language" }, { locale: "Write a language such as en or de-AT." }],
])("%j is told at its field", (values, mistakes) => {
  expect(mistakesOf(values)).toEqual(mistakes)
})

test("what it does not know is refused", () => {
  expect(shopValues.safeParse({ adminEmail, adminPassword: "secret" }).success).toBe(false)
})

test("what a shop was made with stays when its other values are changed, and is refused at its field", () => {
  const before = medusa.values.parse({ adminEmail, currency: "USD", countries: "US" })
  const change = (wanted: object) => changeValues(medusa, { before, wanted })
  expect(change({ adminEmail, accent: "#123456" })).toMatchObject({
    ...{ currency: "USD", countries: "US", accent: "#123456" },
  })
  expect(() => change({ adminEmail, currency: "EUR", countries: "us" })).toThrow(
    expect.objectContaining({
      code: "invalid",
      fields: { "/values/currency": expect.stringMatching(/Counts when the shop is made/) },
    }),
  )
})
