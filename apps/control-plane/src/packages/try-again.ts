import { backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"

/** A quarter of an hour in all: a registry that is away for longer is told to people. */
const triesMax = 10
const waits = { delayMs: 2000, delayMsMax: 5 * 60_000 }
const reasonCharsMax = 160

/**
 * Does something again, ever later, while it fails by what passes by itself, and says so.
 *
 * @throws what the last try threw, at once when it does not pass; the signal's reason
 */
export async function tryAgain(
  { clock, signal, tell }: { clock: Clock; signal: AbortSignal; tell(doing: string): void },
  work: () => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isFault(error) || !error.retryable || tries >= triesMax) throw error
      const waitMs = backoffMs(tries, waits)
      const [reason = ""] = error.say.slice(0, reasonCharsMax).split("\n")
      tell(`${reason} It is tried again after ${waitMs / 1000} seconds.`)
      await clock.sleep(waitMs, signal)
    }
  }
}
