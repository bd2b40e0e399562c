import type { Clock } from "./clock.ts"

/**
 * What `work` answers, or else what `late` answers or throws when the work takes longer than `ms`.
 * Nothing ends the work itself.
 */
export async function inTime<T>(
  { clock, ms }: { clock: Pick<Clock, "sleep">; ms: number },
  work: Promise<T>,
  late: () => T | Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const passed = clock.sleep(ms, over.signal).then(late)
  try {
    return await Promise.race([work, passed])
  } finally {
    over.abort()
    // Whichever of them lost fails with nobody to tell.
    for (const each of [work, passed]) each.catch(() => {})
  }
}
