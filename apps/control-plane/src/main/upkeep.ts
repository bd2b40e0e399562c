import { bestEffort } from "@vibecaas/kernel/log"
import { removeExpired } from "../db/named-functions.ts"
import type { Foundations } from "./foundations.ts"

const everyMs = 60 * 60 * 1000

/** Removes what is past its time, every hour: old live events, kept answers, preview codes. */
export function startUpkeep({ database, clock, log }: Foundations): { stop(): void } {
  const stopped = new AbortController()
  const keepUp = async () => {
    for (;;) {
      await bestEffort(log, "remove what is past its time", () =>
        removeExpired(database, clock.now()),
      )
      await clock.sleep(everyMs, stopped.signal)
    }
  }
  // The sleep rejects when the upkeep is stopped.
  keepUp().catch(() => {})
  return { stop: () => stopped.abort() }
}
