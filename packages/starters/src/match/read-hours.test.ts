import { expect, test } from "vitest"
import { hoursIn } from "./read-hours.ts"
import { tokensOf } from "./text.ts"

const hoursOf = (text: string) =>
  hoursIn({ text, tokens: tokensOf(text, "en"), language: "en" }, tokensOf(text, "en"))?.value

test.each([
  ["Di-Sa 6-13 Uhr, Anfahrt, Kontaktformular", ["Di-Sa 6-13 Uhr"]],
  ["Mon-Fri 9.30-17, Sat 10-14 and a map", ["Mon-Fri 9.30-17", "Sat 10-14"]],
  ["daily 8 to 20. 3 rooms", ["daily 8 to 20"]],
  ["Tuesday 9:00 and Friday 14:00", ["Tuesday 9:00", "Friday 14:00"]],
])("“%s” says hours until something without a time follows", (text, hours) => {
  expect(hoursOf(text)).toEqual(hours)
})

test("words without a time are no hours", () => {
  expect(hoursOf("and an address")).toBeUndefined()
  expect(hoursOf("")).toBeUndefined()
})
