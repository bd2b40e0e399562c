import { expect, test } from "vitest"
import { z } from "zod"
import { decodeCursor, takePage } from "./cursor.ts"

const position = z.object({ id: z.number() })
const numbers = [1, 2, 3, 4]
const page = (rows: number[], limit: number) =>
  takePage(rows, limit, { show: (n) => `row ${n}`, position: (id) => ({ id }) })
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

test("a page's cursor opens to the position of its last row, and none stays none", () => {
  const { items, nextCursor } = page(numbers, 3)
  expect(items).toEqual(["row 1", "row 2", "row 3"])
  expect(decodeCursor(position, nextCursor ?? undefined)).toEqual({ id: 3 })
  expect(decodeCursor(position, undefined)).toBeUndefined()
})

test.each([0, 1, 4])("a list of %i rows ends with its first page of 4", (length) => {
  expect(page(numbers.slice(0, length), 4)).toMatchObject({ nextCursor: null })
})

test.each(["", "%", "bm9wZQ", encoded({ id: "1" }), encoded(null)])(
  "“%s” is not a cursor",
  (text) => {
    expect(() => decodeCursor(position, text)).toThrow(/malformed/)
  },
)
