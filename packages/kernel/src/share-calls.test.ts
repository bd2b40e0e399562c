import { expect, test } from "vitest"
import { shareCalls } from "./share-calls.ts"

/** Work that ends when it is told to. */
function heldWork() {
  const ends: ((answer: number | Error) => void)[] = []
  const call = shareCalls(
    () =>
      new Promise<number>((resolve, reject) => {
        ends.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)))
      }),
  )
  return { call, ends, begun: () => ends.length }
}

test("who asks while work is under way gets the answer of work that began after they asked", async () => {
  const { call, ends, begun } = heldWork()
  const first = call()
  const later = [call(), call(), call()]
  expect(begun()).toBe(1)
  ends[0]?.(1)
  expect(await first).toBe(1)
  await expect.poll(begun).toBe(2)
  ends[1]?.(2)
  expect(await Promise.all(later)).toEqual([2, 2, 2])
})

test("work that failed is nobody else's failure, and who asks afterwards begins anew", async () => {
  const { call, ends, begun } = heldWork()
  const [first, second] = [call(), call()]
  ends[0]?.(new Error("no"))
  await expect(first).rejects.toThrow("no")
  await expect.poll(begun).toBe(2)
  ends[1]?.(2)
  expect(await second).toBe(2)
  const third = call()
  ends[2]?.(3)
  expect(await third).toBe(3)
  expect(begun()).toBe(3)
})
