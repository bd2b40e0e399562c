import { expect, test } from "vitest"
import { formsOf, maskOf } from "./mask.ts"

const value = 'p"ss word/+é='
const mask = maskOf(formsOf(value).map((form) => [form, "[secret KEY]"]))

test.each([
  ["as it is", value],
  ["in JSON", JSON.stringify({ key: value }).slice(8, -2)],
  ["in an address", encodeURIComponent(value)],
  ["in base 64", Buffer.from(value).toString("base64")],
  ["in base 64 for addresses", Buffer.from(value).toString("base64url")],
])("a value is taken out of a text %s", (_, form) => {
  expect(mask(`before ${form} after ${form}`)).toBe("before [secret KEY] after [secret KEY]")
})

test("each line of a key is taken out, and its frame is left", () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${"a".repeat(64)}\n-----END PRIVATE KEY-----\n`
  const masked = maskOf(formsOf(key).map((form) => [form, "[secret]"]))
  expect(masked(`it said ${"a".repeat(64)} and -----BEGIN PRIVATE KEY-----`)).toBe(
    "it said [secret] and -----BEGIN PRIVATE KEY-----",
  )
})

test("of two values one of which is a part of the other, the longer one goes first", () => {
  const both = maskOf([
    ["secret", "[a]"],
    ["secretive", "[b]"],
  ])
  expect(both("secretive secret")).toBe("[b] [a]")
})

test("a value that is too short to tell is left, since it stands in any text", () => {
  expect(formsOf("on")).toEqual([])
})
