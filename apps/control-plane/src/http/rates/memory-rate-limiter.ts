import type { Clock } from "@vibecaas/kernel/clock"
import { LRUCache } from "lru-cache"
import type { RateLimiter } from "../rate-limit.ts"
import { allowanceOf, type Counter, counterAt, momentOf } from "./sliding-window.ts"

/**
 * Counts in memory: for a server that is alone.
 *
 * @param keysMax counters kept; the one unused for longest goes first
 */
export function memoryRateLimiter(clock: Clock, keysMax = 100_000): RateLimiter {
  const counters = new LRUCache<string, Counter>({ max: keysMax })
  return {
    take(key, limit) {
      const moment = momentOf(clock.now(), limit)
      const counter = counterAt(counters.get(key), moment.window)
      const allowance = allowanceOf(counter, moment, limit)
      if (allowance.allowed) counter.count++
      counters.set(key, counter)
      return allowance
    },
    giveBack(key) {
      const counter = counters.get(key)
      if (counter && counter.count > 0) counter.count--
    },
  }
}
