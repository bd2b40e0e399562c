import { clockAt } from "@vibecaas/kernel/clock"
import { expect, test } from "vitest"
import { memoryRateLimiter } from "./memory-rate-limiter.ts"

const limit = { max: 10, windowSeconds: 60 }

function limiterAt(start: string, keysMax?: number) {
  const clock = clockAt(start)
  const limiter = memoryRateLimiter(clock, keysMax)
  const allowed = async (times: number, key = "a") => {
    let count = 0
    for (let i = 0; i < times; i++) if ((await limiter.take(key, limit)).allowed) count++
    return count
  }
  return { clock, limiter, allowed }
}

test("no more calls than the limit pass, and keys do not share it", async () => {
  const { allowed } = limiterAt("2026-01-01T00:00:00Z")
  expect([await allowed(15), await allowed(15, "b")]).toEqual([10, 10])
})

test("a burst before the end of a window and one after it do not add up", async () => {
  const { clock, allowed } = limiterAt("2026-01-01T00:00:59Z")
  expect(await allowed(10)).toBe(10)
  clock.advance(2_000)
  expect(await allowed(10)).toBe(0)
})

test("what is allowed again comes when the answer said", async () => {
  const { clock, limiter, allowed } = limiterAt("2026-01-01T00:00:30Z")
  await allowed(10)
  const refused = await limiter.take("a", limit)
  expect(refused).toMatchObject({ allowed: false, remaining: 0, max: 10 })
  for (let waited = 0; waited < 3; waited++) {
    const { allowed: now, resetSeconds } = await limiter.take("a", limit)
    if (now) return
    clock.advance(resetSeconds * 1000)
  }
  expect((await limiter.take("a", limit)).allowed).toBe(true)
})

test("a refused call does not count", async () => {
  const { clock, allowed } = limiterAt("2026-01-01T00:00:00Z")
  await allowed(1000)
  clock.advance(120_000)
  expect(await allowed(10)).toBe(10)
})

test("what is given back can be taken again", async () => {
  const { limiter, allowed } = limiterAt("2026-01-01T00:00:00Z")
  await allowed(10)
  await limiter.giveBack("a")
  expect(await allowed(5)).toBe(1)
})

test("the key unused for longest is forgotten when there are too many", async () => {
  const { allowed } = limiterAt("2026-01-01T00:00:00Z", 2)
  await allowed(10, "a")
  await allowed(10, "b")
  await allowed(10, "c")
  expect(await allowed(1, "b")).toBe(0)
  expect(await allowed(1, "a")).toBe(1)
})
