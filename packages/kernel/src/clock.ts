import { setTimeout } from "node:timers/promises"

/** Time as an argument: everything that asks "what time is it" or "wake me later" takes a `Clock`. */
export interface Clock {
  /** now, UTC */
  now(): Date
  /** resolves after `ms`, or rejects with the signal's reason when `signal` aborts first */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await setTimeout(ms, undefined, { signal }).catch(() => Promise.reject(signal?.reason))
  },
}

/** A clock that stands still until `advance` is called; sleepers wake when their time has come. */
export interface ManualClock extends Clock {
  advance(ms: number): void
}

/** @param start ISO 8601, e.g. `"2026-01-01T00:00:00Z"` */
export function clockAt(start: string): ManualClock {
  let current = new Date(start).getTime()
  let sleepers: { at: number; wake: () => void }[] = []
  return {
    now: () => new Date(current),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        sleepers.push({ at: current + ms, wake: resolve })
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true })
      }),
    advance(ms) {
      current += ms
      const due = sleepers.filter((sleeper) => sleeper.at <= current)
      sleepers = sleepers.filter((sleeper) => sleeper.at > current)
      for (const sleeper of due) sleeper.wake()
    },
  }
}
