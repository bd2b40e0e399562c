import { connect } from "node:net"
import { systemClock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { RunningPostgres } from "./postgres.ts"

const everyMs = 2000

/**
 * Starts our database again when it has died, on the port the server knows.
 *
 * @returns ends the watch
 */
export function watchDatabase(
  postgres: RunningPostgres,
  startAgain: () => Promise<RunningPostgres>,
  log: Log,
): () => void {
  const stopped = new AbortController()
  const watch = async () => {
    while (!stopped.signal.aborted) {
      await systemClock.sleep(everyMs, stopped.signal)
      if (await listens(postgres.port)) continue
      log.error({ port: postgres.port }, "the database does not listen; starting it again")
      await bestEffort(log, "start the database again", startAgain)
    }
  }
  // The sleep rejects when the watch ends.
  watch().catch(() => {})
  return () => stopped.abort()
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.setTimeout(1000, () => done(false))
    socket.once("connect", () => done(true))
    socket.once("error", () => done(false))
    function done(answer: boolean) {
      socket.destroy()
      resolve(answer)
    }
  })
}
