import { expect, test } from "vitest"
import { lineTimes } from "./line-times.ts"

test("a line has the instant at which its first byte was printed", () => {
  const printedAt = [[0, 10] as const, [6, 20] as const, [9, 30] as const]
  // The second line was begun before the rest of it came.
  expect(lineTimes(Buffer.from("one\ntwo\nthree\n"), printedAt)).toEqual([10, 10, 20])
})

test("lines of before any known instant have none, and an empty one is a line", () => {
  expect(lineTimes(Buffer.from("a\n\nb"), [[2, 5]])).toEqual([null, 5, 5])
  expect(lineTimes(Buffer.from(""), [])).toEqual([])
})
