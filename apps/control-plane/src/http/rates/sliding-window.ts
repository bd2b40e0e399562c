import type { Allowance, RateLimit } from "../rate-limit.ts"

/**
 * Calls of one key in the window that is open and in the one before it. The window before counts by
 * the share of it that is still in view, so a burst around a boundary cannot double a limit.
 */
export interface Counter {
  window: number
  count: number
  before: number
}

/** Where a moment lies: in which window, and how much of it has gone by. */
export interface Moment {
  window: number
  /** 0 to 1 */
  share: number
}

export function momentOf(now: Date, { windowSeconds }: RateLimit): Moment {
  const windows = now.getTime() / 1000 / windowSeconds
  const window = Math.floor(windows)
  return { window, share: windows - window }
}

/** The counter as a later window sees it. */
export function counterAt(counter: Counter | undefined, window: number): Counter {
  // Of two replicas whose clocks differ, the one that is ahead opens the window for both.
  if (counter && counter.window >= window) return counter
  return { window, count: 0, before: counter?.window === window - 1 ? counter.count : 0 }
}

/** Whether one more call is within the limit. */
export function allowanceOf(counter: Counter, { share }: Moment, limit: RateLimit): Allowance {
  const used = counter.before * (1 - share) + counter.count
  const allowed = used + 1 <= limit.max
  const untilEnd = (1 - share) * limit.windowSeconds
  const remaining = allowed ? Math.floor(limit.max - used - 1) : 0
  const wait = allowed ? untilEnd : secondsToWait(counter, share, limit)
  return { ...limit, allowed, remaining, resetSeconds: Math.max(1, Math.ceil(wait)) }
}

/** When enough of the last window has slid out of view for one more call. */
function secondsToWait(counter: Counter, share: number, limit: RateLimit): number {
  const untilEnd = (1 - share) * limit.windowSeconds
  const excess = counter.before * (1 - share) + counter.count + 1 - limit.max
  if (counter.before === 0) return untilEnd
  return Math.min(untilEnd, (excess / counter.before) * limit.windowSeconds)
}
