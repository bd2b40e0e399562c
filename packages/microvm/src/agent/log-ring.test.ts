import { expect, test } from "vitest"
import { makeLogRing } from "./log-ring.ts"

test("the ring keeps the last bytes, wherever the pieces were cut", () => {
  const ring = makeLogRing(8)
  for (const piece of ["ab", "cdefg", "hi", "0123456789xyz", "!"]) ring.write(Buffer.from(piece))
  expect(ring.total()).toBe(23)
  expect(String(ring.from(0).bytes)).toBe("6789xyz!")
  expect(ring.from(0).position).toBe(15)
  expect(String(ring.from(21).bytes)).toBe("z!")
  expect(String(ring.from(99).bytes)).toBe("")
})
