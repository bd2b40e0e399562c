import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { FromServer } from "./messages.ts"

/** A server that is busy answers within a second; counted, not timed, since a computer may sleep. */
const everyMs = 5_000
const unansweredMax = 4

/** What is asked of a server process. */
interface Asked {
  ended: Promise<unknown>
  ping(): void
  kill(): void
}

/** Asks a server process whether it is alive, from when it became ready, and ends one that does not answer. */
export function makePings({ clock, log }: { clock: Clock; log: Log }) {
  /** since it was heard last; nothing before it is ready */
  let unanswered: number | undefined
  const keepAsking = async (server: Asked, signal: AbortSignal) => {
    while (!signal.aborted) {
      await clock.sleep(everyMs, signal)
      if (unanswered === undefined) continue
      if (unanswered >= unansweredMax) {
        log.error({ unanswered }, "the server process does not answer; ending it")
        return server.kill()
      }
      unanswered++
      server.ping()
    }
  }
  return {
    heard({ type }: FromServer): void {
      if (type === "ready" || type === "alive") unanswered = 0
    },
    watch(server: Asked): void {
      unanswered = undefined
      const over = new AbortController()
      void server.ended.then(() => over.abort())
      // The sleep rejects when the process has ended.
      keepAsking(server, over.signal).catch(() => {})
    },
  }
}
