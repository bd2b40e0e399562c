import { expect, test } from "vitest"
import { brief, wholeWords } from "./whole-words.ts"

test.each([
  ["short enough", 12, "short enough"],
  ["one two three", 9, "one two…"],
  ["one two three", 8, "one two…"],
  ["one, two three", 6, "one…"],
  ["pneumonoultramicroscopic", 10, "pneumonou…"],
  ["see https://example.com/a/long/address", 20, "see https://example…"],
  ["ab😀cd", 4, "ab…"],
])("“%s” in %d characters is “%s”", (text, charsMax, words) => {
  expect(brief(text, charsMax)).toBe(words)
})

test("words that fit to the letter are kept whole", () => {
  expect(wholeWords("one two three", 7)).toBe("one two")
  expect(wholeWords("one two", 7)).toBe("one two")
})
