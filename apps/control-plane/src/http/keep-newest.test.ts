import { expect, test } from "vitest"
import { keepNewest } from "./keep-newest.ts"

test("above the limit the entry that was written longest ago goes", () => {
  const map = new Map<string, number>()
  for (const [key, value] of [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
  ] as [string, number][]) {
    keepNewest(map, [key, value], 2)
  }
  expect([...map]).toEqual([
    ["a", 3],
    ["c", 4],
  ])
})

test("a map that is too large is brought to the limit", () => {
  const map = new Map([1, 2, 3, 4].map((n) => [n, n]))
  keepNewest(map, [5, 5], 2)
  expect([...map.keys()]).toEqual([4, 5])
})
