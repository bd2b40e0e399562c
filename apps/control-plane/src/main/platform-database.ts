import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import { type DatabaseUrls, prepareDatabase } from "../db/prepare.ts"
import type { Tell } from "./banner.ts"
import type { Config } from "./config.ts"
import { watchDatabase } from "./database-watch.ts"
import type { Places } from "./places.ts"
import { type RunningPostgres, startPostgres } from "./postgres.ts"
import type { Secrets } from "./secrets.ts"

/** The database of this installation: the configured one, or one of our own that is kept running. */
export interface PlatformDatabase {
  urls: DatabaseUrls
  /** Starts our own again whenever it dies, and tells its addresses when they have changed. */
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
  if (config.databaseUrl) {
    return { urls: await prepare(config.databaseUrl), keep() {}, stop: async () => {} }
  }
  const prepareOurs = ({ adminUrl }: RunningPostgres) => prepare(adminUrl("postgres"))
  const postgres = await startOurs(parts)
  const urls = await prepareOurs(postgres).catch(async (error: unknown) => {
    await postgres.stop()
    throw error
  })
  let stopWatching = async () => {}
  return {
    urls,
    keep(moved) {
      stopWatching = watchDatabase({
        ...parts,
        database: postgres,
        startAgain: (port) => startOurs(parts, port),
        moved: async (now) => moved(await prepareOurs(now)),
      })
    },
    async stop() {
      await stopWatching()
      await postgres.stop()
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
