import fc from "fast-check"
import { expect, test } from "vitest"
import { editText } from "./edit-text.ts"

const file = "function add(a, b) {\n  return a + b\n}\n\nfunction sub(a, b) {\n  return a - b\n}\n"

test("edits are made in turn, each in what the one before left", () => {
  const edits = [
    { find: "a + b", replace: "b + a" },
    { find: "return b + a", replace: "return sum(b, a)" },
  ]
  expect(editText(file, edits)).toEqual({ text: file.replace("a + b", "sum(b, a)") })
})

test("a text that occurs more than once names its lines, and can be replaced in all places", () => {
  expect(editText(file, [{ find: "(a, b)", replace: "(x, y)" }])).toEqual({
    refused: expect.stringMatching(/occurs 2 times, at lines 1, 5\. .*replaceAll/),
  })
  expect(editText(file, [{ find: "(a, b)", replace: "(x, y)", replaceAll: true }])).toEqual({
    text: file.replaceAll("(a, b)", "(x, y)"),
  })
})

test("a text that is not there is answered with the lines nearest to it, numbered", () => {
  expect(editText(file, [{ find: "function sub(a, b) {\n  return b - a", replace: "" }])).toEqual({
    refused: [
      "The text to find is not in it. Nearest are these lines:",
      ..."3\t}|4\t|5\tfunction sub(a, b) {|6\t  return a - b|7\t}".split("|"),
    ].join("\n"),
  })
  expect(editText(file, [{ find: "return  a +  b", replace: "" }])).toEqual({
    refused: expect.stringMatching(
      /differs only in white space from these lines:\n1.*\n2\t {2}return a \+ b/,
    ),
  })
  expect(editText(file, [{ find: "<h1>Hello</h1>", replace: "" }])).toEqual({
    refused: expect.stringMatching(/Nothing in it comes near/),
  })
})

test("when one edit cannot be made, none is, and it is named", () => {
  const edits = [
    { find: "a + b", replace: "b + a" },
    { find: "a * b", replace: "" },
  ]
  expect(editText(file, edits)).toEqual({
    refused: expect.stringMatching(/^Edit 2 of 2: the text to find is not in it/),
  })
})

test("what is replaced is taken letter by letter, whatever it looks like", () => {
  const text = fc.string({ minLength: 1 })
  fc.assert(
    fc.property(text, text, text, text, (before, find, replace, after) => {
      if (`${before}${find}${after}`.split(find).length !== 2) return
      expect(editText(`${before}${find}${after}`, [{ find, replace }])).toEqual({
        text: `${before}${replace}${after}`,
      })
    }),
  )
})
