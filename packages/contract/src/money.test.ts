import { expect, test } from "vitest"
import { money } from "./money.ts"

test.each([
  [0, "$0.00"],
  [130, "$1.30"],
  [123_456, "$1,234.56"],
  [0.42, "$0.0042"],
  [0.0001, "under $0.0001"],
])("%d cents read “%s”", (cents, words) => {
  expect(money(cents)).toBe(words)
})
