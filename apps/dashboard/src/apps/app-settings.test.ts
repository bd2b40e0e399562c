import fc from "fast-check"
import { expect, test } from "vitest"
import { commandOf, commandText, environmentOf, faultsByPlace, secretsIn } from "./app-settings.ts"

test("empty lines are no variables", () => {
  const pairs = [
    { key: "A", value: "1" },
    { key: "", value: "" },
  ]
  expect(environmentOf(pairs)).toEqual({ A: "1" })
})

test("a sentence stands at the line of its name, and a name that is there twice is told", () => {
  const pairs = ["PORT", "A", "A"].map((key) => ({ key, value: "1" }))
  const said = { "environment/PORT": "PORT is set by the platform." }
  expect(faultsByPlace(pairs, said)).toEqual({
    0: "PORT is set by the platform.",
    2: "A is there twice.",
  })
})

test("names of what looks like a secret are found", () => {
  const pairs = ["STRIPE_KEY", "GREETING", "db_password"].map((key) => ({ key, value: "1" }))
  expect(secretsIn(pairs)).toEqual(["STRIPE_KEY", "db_password"])
})

test("a command is its words, and those with spaces stand in quotes", () => {
  const words = ["node", "-e", "a b"]
  expect(commandText(words)).toBe('node -e "a b"')
  expect(commandOf(commandText(words))).toEqual(words)
  expect(commandOf("  ")).toBeNull()
})

test("any words are the same words once they were text", () => {
  const unit = fc.oneof(
    fc.constantFrom('"', "\\", " ", "\n", "a"),
    fc.string({ unit: "binary", maxLength: 1 }),
  )
  const word = fc.array(unit).map((parts) => parts.join(""))
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      expect(commandOf(commandText(words))).toEqual(words)
    }),
  )
})

test("in quotes a backslash escapes quotes and itself, and is itself before anything else", () => {
  expect(commandOf(String.raw`node -e "log(\"a\n b\")" c:\d`)).toEqual([
    "node",
    "-e",
    String.raw`log("a\n b")`,
    String.raw`c:\d`,
  ])
})
