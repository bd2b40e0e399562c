import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import { type DatabaseUrls, prepareDatabase } from "../db/prepare.ts"
import { takePulse } from "../db/pulse.ts"
import type { Tell } from "./banner.ts"
import type { Config } from "./config.ts"
import { type OurDatabase, watchDatabase } from "./database-watch.ts"
import type { Places } from "./places.ts"
import { type RunningPostgres, startPostgres } from "./postgres.ts"
import type { Secrets } from "./secrets.ts"

/** The database of this installation: the configured one, or one of our own that is kept running. */
export interface PlatformDatabase {
  urls: DatabaseUrls
  /**
   * Says when it does not work. Starts our own again whenever it dies or no longer works, and tells
   * its addresses when they have changed.
   */
  keep(moved: (urls: DatabaseUrls) => void): void
  /** ends our own; another's stays */
  stop(): Promise<void>
}

export interface PlatformDatabaseParts {
  config: Config
  places: Places
  secrets: Secrets
  clock: Clock
  log: Log
  tell: Tell
}

/** @throws Fault with a sentence when it cannot be started, reached or prepared */
export async function openDatabase(parts: PlatformDatabaseParts): Promise<PlatformDatabase> {
  const { config, secrets } = parts
  const prepare = (url: string) => prepareDatabase(url, { passwords: secrets.databasePasswords })
  if (config.databaseUrl) return watched(parts, await prepare(config.databaseUrl))
  const prepareOurs = ({ adminUrl }: RunningPostgres) => prepare(adminUrl("postgres"))
  const running = await startOurs(parts)
  const urls = await prepareOurs(running).catch(async (error: unknown) => {
    await running.stop()
    throw error
  })
  const startAgain = (port: number) => startOurs(parts, port)
  return watched(parts, urls, { running, startAgain, prepare: prepareOurs })
}

interface Ours extends Omit<OurDatabase<RunningPostgres>, "moved"> {
  prepare(database: RunningPostgres): Promise<DatabaseUrls>
}

/** longest wait for an answer of the database, in `ms`: it may be busy */
const pulseWithinMs = 10_000

function watched(parts: PlatformDatabaseParts, first: DatabaseUrls, ours?: Ours): PlatformDatabase {
  let urls = first
  let stopWatching = async () => {}
  return {
    urls,
    keep(moved) {
      stopWatching = watchDatabase({
        ...parts,
        pulse: () => takePulse(urls.app, pulseWithinMs),
        ours: ours && {
          ...ours,
          async moved(database: RunningPostgres) {
            urls = await ours.prepare(database)
            moved(urls)
          },
        },
      })
    },
    async stop() {
      await stopWatching()
      await ours?.running.stop()
    },
  }
}

function startOurs(
  { places, clock, log }: PlatformDatabaseParts,
  port?: number,
): Promise<RunningPostgres> {
  const wanted = port === undefined ? {} : { port }
  return startPostgres({ dataDir: places.postgres, log, run, clock, ...wanted })
}
