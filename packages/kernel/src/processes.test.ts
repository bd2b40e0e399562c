import { expect, test } from "vitest"
import { endAll } from "./processes.ts"

test("a process that one look misses is ended all the same", async () => {
  const looks = [[], [999_999_999], [], [], [1]]
  const seen: number[][] = []
  const look = async () => {
    const found = looks[seen.length] ?? []
    seen.push(found)
    return found
  }
  expect(await endAll(look, { most: 10, wait: async () => {} })).toEqual([])
  expect(seen).toEqual([[], [999_999_999], [], []])
})

test("what outlives every round is named", async () => {
  const left = await endAll(async () => [999_999_999], { most: 3, wait: async () => {} })
  expect(left).toEqual([999_999_999])
})
