import fc from "fast-check"
import { expect, test } from "vitest"
import { backoffMs } from "./backoff.ts"

test("the wait doubles with each failure, up to its longest", () => {
  const waits = [1, 2, 3, 4, 5].map((n) => backoffMs(n, { delayMs: 100, delayMsMax: 1000 }))
  expect(waits).toEqual([100, 200, 400, 800, 1000])
})

test("the spread is never more than it was said to be, and no wait is negative", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, chance, jitter) => {
        const options = { delayMs: 50, delayMsMax: 60_000 }
        const plain = backoffMs(failures, options)
        const spread = backoffMs(failures, { ...options, jitter, random: () => chance })
        expect(spread).toBeGreaterThanOrEqual(Math.floor(plain * (1 - jitter)))
        expect(spread).toBeLessThanOrEqual(Math.ceil(plain * (1 + jitter)))
      },
    ),
  )
})
