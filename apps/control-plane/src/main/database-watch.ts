import type { Clock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { RunningPostgres } from "./postgres.ts"

/** What the watch needs to know of a database of ours. */
export type WatchedDatabase = Pick<RunningPostgres, "port" | "isAlive">

export interface DatabaseWatchParts<Watched extends WatchedDatabase> {
  database: Watched
  /** @param port where the server looks for it: taken when it is still free */
  startAgain(port: number): Promise<Watched>
  /** its port was taken while it was down, so everybody must look elsewhere */
  moved(database: Watched): Promise<void>
  clock: Clock
  log: Log
  /** prints one line for people */
  tell(line: string): void
}

const everyMs = 2000

/**
 * Starts a database of ours again when it has died. What fails is tried again at the next look.
 *
 * @returns ends the watch, and resolves when a start under way has ended
 */
export function watchDatabase<Watched extends WatchedDatabase>(
  parts: DatabaseWatchParts<Watched>,
): () => Promise<void> {
  const { clock, log, tell } = parts
  const stopped = new AbortController()
  /** where the server looks for the database */
  let toldPort = parts.database.port
  let database = parts.database
  let down = false
  const look = async () => {
    if (!(await database.isAlive())) {
      log.error({ port: toldPort }, "the database is not running; starting it again")
      if (!down) tell("The database ended by itself. Starting it again.")
      down = true
      database = await parts.startAgain(toldPort)
      tell("The database is running again.")
      down = false
    }
    if (database.port === toldPort) return
    log.warn({ from: toldPort, to: database.port }, "the database has moved to another port")
    await parts.moved(database)
    toldPort = database.port
  }
  const watch = async () => {
    for (;;) {
      await clock.sleep(everyMs, stopped.signal)
      await bestEffort(log, "keep the database running", look)
    }
  }
  // The sleep rejects when the watch ends.
  const watching = watch().catch(() => {})
  return async () => {
    stopped.abort()
    await watching
  }
}
