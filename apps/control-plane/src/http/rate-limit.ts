import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { FastifyReply } from "fastify"
import { LRUCache } from "lru-cache"

/** `max` calls in any window of `windowSeconds`. */
export interface RateLimit {
  max: number
  windowSeconds: number
}

/** The limits of an installation; each counts for itself. */
export interface RateLimits {
  /** calls of all members of one organization */
  organization: RateLimit
  /** one person's calls of any kind, those that are refused included */
  person: RateLimit
  /** one person's writes that start machines or agents */
  provisioning: RateLimit
  /** calls from one address that carry no valid session */
  anonymous: RateLimit
  /** tries to sign in or up from one address */
  signInPerAddress: RateLimit
  /** tries to sign in to one account from one address that failed */
  signInPerAccountAndAddress: RateLimit
  /** tries on one account that failed, from anywhere; who is signed in at an address may go on there */
  signInPerAccount: RateLimit
}

export const defaultRateLimits: RateLimits = {
  organization: { max: 1000, windowSeconds: 60 },
  person: { max: 1000, windowSeconds: 60 },
  provisioning: { max: 10, windowSeconds: 60 },
  anonymous: { max: 300, windowSeconds: 60 },
  signInPerAddress: { max: 60, windowSeconds: 60 },
  signInPerAccountAndAddress: { max: 10, windowSeconds: 300 },
  signInPerAccount: { max: 100, windowSeconds: 300 },
}

/** What is left after one call was counted. */
export interface Allowance {
  allowed: boolean
  limit: number
  remaining: number
  /** seconds until the next call is allowed (0 when it is), or else until the window ends */
  resetSeconds: number
}

/** Counts calls by key. In memory, so each process counts for itself. */
export interface RateLimiter {
  take(key: string, limit: RateLimit): Allowance | Promise<Allowance>
  /** Undoes one `take` of this window that turned out not to count. */
  giveBack(key: string): void | Promise<void>
}

interface Counter {
  window: number
  count: number
  before: number
}

/**
 * Sliding windows in memory: the last window counts by the share of it that is still in view, so a
 * burst around a boundary cannot double the limit.
 *
 * @param keysMax counters kept; the one unused for longest goes first
 */
export function memoryRateLimiter(clock: Clock, keysMax = 100_000): RateLimiter {
  const counters = new LRUCache<string, Counter>({ max: keysMax })
  return {
    take(key, limit) {
      const seconds = clock.now().getTime() / 1000
      const window = Math.floor(seconds / limit.windowSeconds)
      const share = seconds / limit.windowSeconds - window
      const counter = currentCounter(counters.get(key), window)
      const allowance = allow(counter, share, limit)
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

function currentCounter(counter: Counter | undefined, window: number): Counter {
  if (counter?.window === window) return counter
  return { window, count: 0, before: counter?.window === window - 1 ? counter.count : 0 }
}

function allow(counter: Counter, share: number, limit: RateLimit): Allowance {
  const used = counter.before * (1 - share) + counter.count
  const allowed = used + 1 <= limit.max
  const untilEnd = (1 - share) * limit.windowSeconds
  const remaining = allowed ? Math.floor(limit.max - used - 1) : 0
  const wait = allowed ? untilEnd : secondsToWait(counter, share, limit)
  return { allowed, limit: limit.max, remaining, resetSeconds: Math.max(1, Math.ceil(wait)) }
}

/** When enough of the last window has slid out of view for one more call. */
function secondsToWait(counter: Counter, share: number, limit: RateLimit): number {
  const untilEnd = (1 - share) * limit.windowSeconds
  const excess = counter.before * (1 - share) + counter.count + 1 - limit.max
  if (counter.before === 0) return untilEnd
  return Math.min(untilEnd, (excess / counter.before) * limit.windowSeconds)
}

/** Tells a client where it stands: the tightest of the limits that its call was counted against. */
export function tellRate(reply: FastifyReply, allowance: Allowance): void {
  const told = reply.getHeader("ratelimit-remaining")
  if (told !== undefined && Number(told) < allowance.remaining) return
  reply.headers({
    "ratelimit-limit": String(allowance.limit),
    "ratelimit-remaining": String(allowance.remaining),
    "ratelimit-reset": String(allowance.resetSeconds),
  })
}

/** @throws Fault `rate_limited` */
export function assertAllowed(allowance: Allowance, say: string): void {
  if (allowance.allowed) return
  throw fault("rate_limited", {
    say,
    retryable: true,
    retryAfterSeconds: allowance.resetSeconds,
  })
}
