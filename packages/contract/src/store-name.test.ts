import { expect, test } from "vitest"
import { faultOfStoreName, storeLabelOf, storeName } from "./store-name.ts"

test.each([
  ["Linden Street Books", "linden-street-books"],
  ["Café Zoë", "cafe-zoe"],
  ["Smith & Sons, Ltd.", "smith-sons-ltd"],
])("%s has the address %s", (name, label) => {
  expect(faultOfStoreName(name)).toBeUndefined()
  expect(storeLabelOf(name)).toBe(label)
})

test.each([
  ["a", /at least 2 characters/],
  ["x".repeat(41), /at most 40 characters/],
  ["<b>Shop</b>", /without < and >/],
  ["Shop; drop table", /letters, digits/],
  ["Pаypal", /Latin alphabet/],
  ["Tulips ②", /Latin alphabet/],
  ["Admin", /kept for the platform/],
  ["4dmin", /kept for the platform/],
  ["vibecaa5", /kept for the platform/],
  ["Tulips admin", /kept for the platform/],
  ["Shit happens", /Use another name/],
  ["!!", /at least 2 letters/],
])("%s is no name: %s", (name, sentence) => {
  const { success, error } = storeName.safeParse(name)
  expect(success).toBe(false)
  expect(error?.issues[0]?.message).toMatch(sentence)
})
