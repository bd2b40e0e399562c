import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { LRUCache } from "lru-cache"
import type { Allowance, RateLimit, RateLimiter } from "../rate-limit.ts"
import { memoryRateLimiter } from "./memory-rate-limiter.ts"
import { allowanceOf, type Counter, type Moment, momentOf } from "./sliding-window.ts"

/** One call to count, where and within what. */
export interface Counting extends Moment, RateLimit {}

/** Counters that all replicas see. */
export interface RateStore {
  /** Counts one call, unless it would be beyond the limit; answers the counter as it was before. */
  count(key: string, call: Counting): Promise<Omit<Counter, "window">>
  /** Takes one call away again. */
  uncount(key: string): Promise<void>
}

interface SharedParts {
  store: RateStore
  clock: Clock
  log: Log
}

/** How long a process counts for itself after the store failed, in `ms`. */
const aloneMs = 5_000

/**
 * Counts for all replicas together. Who was refused is refused from memory until it may go on, so a
 * flood costs the store nothing; while the store is away each process counts for itself.
 */
export function sharedRateLimiter({ store, clock, log }: SharedParts): RateLimiter {
  const alone = memoryRateLimiter(clock)
  const refusals = new LRUCache<string, { allowance: Allowance; untilMs: number }>({ max: 10_000 })
  const nowMs = () => clock.now().getTime()
  let aloneUntilMs = 0
  const failed = (error: unknown) => {
    aloneUntilMs = nowMs() + aloneMs
    log.warn({ err: error }, "calls are counted by this process alone for a while")
  }
  const refused = (key: string) => {
    const found = refusals.get(key)
    if (!found || found.untilMs <= nowMs()) return undefined
    const resetSeconds = Math.max(1, Math.ceil((found.untilMs - nowMs()) / 1000))
    return { ...found.allowance, resetSeconds }
  }
  return {
    async take(key, limit) {
      const known = refused(key)
      if (known) return known
      if (nowMs() < aloneUntilMs) return alone.take(key, limit)
      const moment = momentOf(clock.now(), limit)
      try {
        const counter = await store.count(key, { ...moment, ...limit })
        const allowance = allowanceOf({ ...counter, window: moment.window }, moment, limit)
        if (!allowance.allowed)
          refusals.set(key, { allowance, untilMs: nowMs() + allowance.resetSeconds * 1000 })
        return allowance
      } catch (error) {
        failed(error)
        return alone.take(key, limit)
      }
    },
    async giveBack(key) {
      refusals.delete(key)
      await alone.giveBack(key)
      await store.uncount(key).catch(failed)
    },
  }
}
