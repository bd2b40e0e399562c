import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import { bestEffort, type Log } from "@vibecaas/kernel/log"

/** Something done again and again until it is stopped. */
export interface Background {
  /** does it within `ms`, sooner than it would have been */
  within(ms: number): void
  /** since when no round has ended, in `ms`: much more than a pause says that it hangs */
  silentMs(): number
  /** resolves when the action at work, if any, has ended */
  stop(): Promise<void>
}

/** Repeats `action` with pauses of `everyMs`; one that throws is logged and costs its round. */
export function repeat(
  { clock, log }: { clock: Clock; log: Log },
  everyMs: number,
  action: (signal: AbortSignal) => Promise<void>,
): Background {
  const stopping = new AbortController()
  let nap = new AbortController()
  const now = () => clock.now().getTime()
  let wakeAt = 0
  let endedAt = now()
  const run = async () => {
    while (!stopping.signal.aborted) {
      wakeAt = now() + everyMs
      await bestEffort(log, "work in the background", () => action(stopping.signal))
      endedAt = now()
      while (!stopping.signal.aborted && now() < wakeAt) {
        nap = new AbortController()
        await sleepOrWoken(clock, wakeAt - now(), nap.signal)
      }
    }
  }
  const running = run()
  return {
    within: (ms) => {
      if (now() + ms >= wakeAt) return
      wakeAt = now() + ms
      nap.abort()
    },
    silentMs: () => now() - endedAt,
    stop: async () => {
      stopping.abort()
      nap.abort()
      await running
    },
  }
}

async function sleepOrWoken(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** Resolves `true` when `work` has ended, `false` when `ms` have passed before. */
export function endsWithin(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  )
  return inTime({ clock, ms }, ended, () => false)
}
