import { expect, test } from "vitest"
import { together } from "./together.ts"

test("what comes in close succession is handed over at once and in order, what comes later by itself", () => {
  const due: (() => void)[] = []
  const handed: (readonly number[])[] = []
  const take = together<number>(
    (_, action) => due.push(action),
    (items) => handed.push(items),
  )
  for (const item of [1, 2, 3]) take(item)
  expect(handed).toEqual([])
  due.shift()?.()
  take(4)
  due.shift()?.()
  expect(handed).toEqual([[1, 2, 3], [4]])
  expect(due).toEqual([])
})
