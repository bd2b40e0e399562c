import type { Clock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { DatabaseTrouble } from "../db/pulse.ts"
import type { RunningPostgres } from "./postgres.ts"
import { judgePulses } from "./pulse-judge.ts"

/** What the watch needs to know of a database of ours. */
export type WatchedDatabase = Pick<RunningPostgres, "port" | "isAlive" | "stop">

/** A database of ours: what dies or no longer works is started again. */
export interface OurDatabase<Watched extends WatchedDatabase> {
  running: Watched
  /** @param port where the server looks for it: taken when it is still free */
  startAgain(port: number): Promise<Watched>
  /** its port was taken while it was down, so everybody must look elsewhere */
  moved(database: Watched): Promise<void>
}

export interface DatabaseWatchParts<Watched extends WatchedDatabase> {
  /** sees whether the database does its work */
  pulse(): Promise<DatabaseTrouble | undefined>
  /** nothing when it is another's, which is only spoken of */
  ours: OurDatabase<Watched> | undefined
  clock: Clock
  log: Log
  /** prints one line for people */
  tell(line: string): void
  times?: WatchTimes
}

export interface WatchTimes {
  /** between two looks, in `ms` */
  lookEveryMs: number
  /** between two pulses while all is well, in `ms` */
  pulseEveryMs: number
  /** time to end by itself when it is started again, in `ms` */
  graceMs: number
}

const usual: WatchTimes = { lookEveryMs: 2000, pulseEveryMs: 10_000, graceMs: 20_000 }

/**
 * Looks at the database again and again. What fails is tried again at the next look.
 *
 * @returns ends the watch, and resolves when a start under way has ended
 */
export function watchDatabase<Watched extends WatchedDatabase>(
  parts: DatabaseWatchParts<Watched>,
): () => Promise<void> {
  const { clock, log, ours, times = usual } = parts
  const stopped = new AbortController()
  const judge = judgePulses({ ...parts, ours: ours !== undefined })
  const keeper = ours && keepRunning(ours, parts)
  let pulseAt = 0
  const look = async () => {
    await keeper?.see()
    if (clock.now().getTime() < pulseAt) return
    const trouble = await parts.pulse()
    pulseAt = trouble ? 0 : clock.now().getTime() + times.pulseEveryMs
    if (judge(trouble)) await keeper?.restart(times.graceMs)
  }
  const watch = async () => {
    for (;;) {
      await clock.sleep(times.lookEveryMs, stopped.signal)
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

function keepRunning<Watched extends WatchedDatabase>(
  { running, startAgain, moved }: OurDatabase<Watched>,
  { log, tell }: Pick<DatabaseWatchParts<Watched>, "log" | "tell">,
) {
  /** where the server looks for the database */
  let toldPort = running.port
  let database = running
  let down = false
  const see = async () => {
    if (!(await database.isAlive())) {
      log.error({ port: toldPort }, "the database is not running; starting it again")
      if (!down) tell("The database ended by itself. Starting it again.")
      down = true
      database = await startAgain(toldPort)
      tell("The database is running again.")
      down = false
    }
    if (database.port === toldPort) return
    log.warn({ from: toldPort, to: database.port }, "the database has moved to another port")
    await moved(database)
    toldPort = database.port
  }
  return {
    /** starts it when it has died, and says where it is when it has moved */
    see,
    /** ends one that lives but does not work, and starts it */
    async restart(graceMs: number) {
      await database.stop(graceMs)
      down = true
      await see()
    },
  }
}
