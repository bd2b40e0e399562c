export interface BackoffOptions {
  /** wait after the first failure; doubles each time, up to `delayMsMax` */
  delayMs: number
  delayMsMax?: number
  /** spreads the waits: 0.2 means plus or minus 20 % */
  jitter?: number
  random?: () => number
}

/** The wait after failure number `failures` (from 1), in `ms`. */
export function backoffMs(failures: number, options: BackoffOptions): number {
  const grown = options.delayMs * 2 ** (failures - 1)
  const capped = Math.min(grown, options.delayMsMax ?? Number.POSITIVE_INFINITY)
  const spread = ((options.random ?? Math.random)() * 2 - 1) * (options.jitter ?? 0)
  return Math.max(0, Math.round(capped * (1 + spread)))
}
