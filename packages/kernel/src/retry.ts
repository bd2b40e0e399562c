import type { Clock } from "./clock.ts"

export interface RetryOptions {
  clock: Clock
  /** tries in all, the first included */
  attempts: number
  /** wait before the second try; doubles each time, up to `delayMsMax` */
  delayMs: number
  delayMsMax?: number
  /** spreads the waits: 0.2 means plus or minus 20 % */
  jitter?: number
  random?: () => number
  signal?: AbortSignal
  /** answers false for failures that trying again cannot mend */
  retryable?: (error: unknown) => boolean
}

/** Calls `action` until it succeeds, the tries are used up, or a failure is not retryable; rethrows the last failure. */
export async function retry<T>(action: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (error) {
      const last = attempt >= options.attempts || options.retryable?.(error) === false
      if (last || options.signal?.aborted) throw error
      await options.clock.sleep(backoffMs(attempt, options), options.signal)
    }
  }
}

/** The wait after failure number `failures` (from 1), in `ms`. */
export function backoffMs(
  failures: number,
  options: Pick<RetryOptions, "delayMs" | "delayMsMax" | "jitter" | "random">,
): number {
  const grown = options.delayMs * 2 ** (failures - 1)
  const capped = Math.min(grown, options.delayMsMax ?? Number.POSITIVE_INFINITY)
  const spread = ((options.random ?? Math.random)() * 2 - 1) * (options.jitter ?? 0)
  return Math.max(0, Math.round(capped * (1 + spread)))
}
