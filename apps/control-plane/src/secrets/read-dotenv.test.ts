import { expect, test } from "vitest"
import { readDotenv } from "./read-dotenv.ts"

const read = (text: string) => readDotenv(text).map(({ name, value }) => [name, value])

test.each([
  ["A=1", [["A", "1"]]],
  ["export A=1", [["A", "1"]]],
  ["A = spaced  ", [["A", "spaced"]]],
  ["A=1 # why", [["A", "1"]]],
  ["A=a#b", [["A", "a#b"]]],
  ["A=", [["A", ""]]],
  ["# A=1\n\nB=2", [["B", "2"]]],
  ['A="two words"', [["A", "two words"]]],
  ['A="say \\"hi\\" \\$x"', [["A", 'say "hi" $x']]],
  ['A="one\\ntwo"', [["A", "one\ntwo"]]],
  ["A='as\\nit is'", [["A", "as\\nit is"]]],
  [
    'A="one\ntwo"\nB=3',
    [
      ["A", "one\ntwo"],
      ["B", "3"],
    ],
  ],
  [
    'A="never closed\nB=3',
    [
      ["A", '"never closed'],
      ["B", "3"],
    ],
  ],
  [
    "A=1\r\nB=2\r\n",
    [
      ["A", "1"],
      ["B", "2"],
    ],
  ],
  ['A="ends with \\\\\nB="', [["A", "ends with \\\nB="]]],
  ["postgres://u:p@h/d?x=y", [["postgres://u:p@h/d?x", "y"]]],
  ["no assignment", []],
])("%j is read as its programs read it", (text, pairs) => {
  expect(read(text)).toEqual(pairs)
})

test("each assignment has the line that it begins in", () => {
  const text = 'A="one\ntwo"\n\nB=3'
  expect(readDotenv(text).map(({ name, line }) => [name, line])).toEqual([
    ["A", 1],
    ["B", 4],
  ])
})

test.each([
  ["a value of many lines", `A="${"\n".repeat(131_000)}"`],
  ["a quote that never closes", `A="${"\n".repeat(131_000)}`],
  ["many spaces in a value", `A=x${" ".repeat(131_000)}y`],
  ["many spaces before what is no value", `A=${" ".repeat(131_000)}x\u2028y`],
])("%s, as much as a file can have, takes no time", (_, text) => {
  const from = process.cpuUsage()
  readDotenv(text)
  expect(process.cpuUsage(from).user / 1000).toBeLessThan(2000)
})
