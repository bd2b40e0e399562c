import { expect, test } from "vitest"
import { z } from "zod"
import { decodeCursor, encodeCursor } from "./cursor.ts"

const position = z.object({ at: z.string(), id: z.string() })

test("a cursor opens to what it was made of, and none stays none", () => {
  const at = { at: "2026-01-01", id: "prj_1" }
  expect(decodeCursor(position, encodeCursor(at))).toEqual(at)
  expect(decodeCursor(position, undefined)).toBeUndefined()
})

test.each(["", "%", "bm9wZQ", encodeCursor({ id: 1 }), encodeCursor(null)])(
  "“%s” is not a cursor",
  (text) => {
    expect(() => decodeCursor(position, text)).toThrow(/malformed/)
  },
)
