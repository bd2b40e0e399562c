import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { expect, test } from "vitest"
import { type RateStore, sharedRateLimiter } from "./shared-rate-limiter.ts"

let keys = 0
const limit = { max: 10, windowSeconds: 60 }

/** What two replicas count together, whatever they count in. */
export function rateStoreSuite(name: string, store: () => RateStore): void {
  const replicas = (start: string) => {
    const clock = clockAt(start)
    const key = `${name} ${keys++}`
    const one = sharedRateLimiter({ store: store(), clock, log: silentLog })
    const other = sharedRateLimiter({ store: store(), clock, log: silentLog })
    const allowed = async (times: number) => {
      const taken = Array.from({ length: times }, (_, at) =>
        (at % 2 ? one : other).take(key, limit),
      )
      return (await Promise.all(taken)).filter((each) => each.allowed).length
    }
    return { clock, key, one, other, allowed }
  }

  test(`two replicas together allow no more calls than one, counted in ${name}`, async () => {
    const { allowed } = replicas("2026-01-01T00:00:00Z")
    expect(await allowed(40)).toBe(10)
  })

  test(`a burst around the end of a window does not double a limit, counted in ${name}`, async () => {
    const { clock, allowed } = replicas("2026-01-01T00:00:59Z")
    expect(await allowed(10)).toBe(10)
    clock.advance(2_000)
    expect(await allowed(10)).toBe(0)
    clock.advance(120_000)
    expect(await allowed(20)).toBe(10)
  })

  test(`what one replica refused is allowed when its answer said, counted in ${name}`, async () => {
    const { clock, key, one, other, allowed } = replicas("2026-01-01T00:00:30Z")
    await allowed(10)
    let refused = await one.take(key, limit)
    expect(refused).toMatchObject({ allowed: false, remaining: 0, max: 10 })
    for (let waited = 0; waited < 3 && !refused.allowed; waited++) {
      clock.advance(refused.resetSeconds * 1000)
      refused = await other.take(key, limit)
    }
    expect(refused.allowed).toBe(true)
  })

  test(`what is given back can be taken again, counted in ${name}`, async () => {
    const { key, one, allowed } = replicas("2026-01-01T00:00:00Z")
    await allowed(9)
    await one.take(key, limit)
    await one.giveBack(key)
    expect(await allowed(4)).toBe(1)
  })
}
