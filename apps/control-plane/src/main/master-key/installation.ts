import { randomBytes } from "node:crypto"
import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import pg from "pg"
import { makeDatabase } from "../../db/database.ts"
import { makePool } from "../../db/pool.ts"
import { prepareDatabase } from "../../db/prepare.ts"
import type { Database } from "../../db/tenant.ts"
import type { Config } from "../config.ts"
import type { Places } from "../places.ts"
import { startPostgres } from "../postgres.ts"
import type { Secrets } from "../secrets.ts"

/** The database of an installation that does not run, and copies of it. */
export interface StoppedDatabase {
  /** @throws Fault `wrong_state` when a server of another data directory uses it */
  use<T>(action: (database: Database) => Promise<T>): Promise<T>
  /** The same on a copy, which is gone afterwards. */
  useCopy<T>(action: (database: Database) => Promise<T>): Promise<T>
  close(): Promise<void>
}

interface InstallationParts {
  config: Pick<Config, "databaseUrl">
  places: Pick<Places, "postgres">
  secrets: Pick<Secrets, "databasePasswords">
}

/** @throws Fault with a sentence when it cannot be started, reached or prepared */
export async function openStopped(parts: InstallationParts): Promise<StoppedDatabase> {
  const { adminUrl, stop } = await adminOf(parts)
  const passwords = parts.secrets.databasePasswords
  try {
    const urls = await prepareDatabase(adminUrl, { passwords })
    return {
      use: async (action) => {
        await assertUnused(adminUrl)
        return withDatabase(urls.app, action)
      },
      useCopy: async (action) => {
        await assertUnused(adminUrl)
        const copy = `vibecaas_drill_${randomBytes(4).toString("hex")}`
        await copyDatabase(adminUrl, copy)
        try {
          return await withDatabase(withName(urls.app, copy), action)
        } finally {
          await onServer(adminUrl, `drop database ${copy} with (force)`)
        }
      },
      close: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function adminOf({ config, places }: InstallationParts) {
  if (config.databaseUrl) return { adminUrl: config.databaseUrl, stop: async () => {} }
  const parts = { log: silentLog, run, clock: systemClock }
  const running = await startPostgres({ dataDir: places.postgres, ...parts })
  return { adminUrl: running.adminUrl("postgres"), stop: () => running.stop() }
}

async function withDatabase<T>(url: string, action: (database: Database) => Promise<T>) {
  const pool = makePool({ url, log: silentLog, name: "vibecaas-master-key", max: 2 })
  try {
    return await action(makeDatabase(pool))
  } finally {
    await pool.end()
  }
}

/** Another host's server on the same database would go on sealing by the key it has. */
async function assertUnused(adminUrl: string): Promise<void> {
  const servers = await onServer<{ names: string }>(
    adminUrl,
    `select string_agg(distinct application_name, ', ') as names from pg_stat_activity
     where datname = '${nameIn(adminUrl)}' and application_name in ('vibecaas-app', 'vibecaas-loops')`,
  )
  if (!servers[0]?.names) return
  const say =
    "A server uses this database. Stop all of them first: each has the present master key."
  throw fault("wrong_state", { say })
}

async function copyDatabase(adminUrl: string, copy: string): Promise<void> {
  try {
    const from = pg.escapeIdentifier(nameIn(adminUrl))
    await onServer(adminUrl, `create database ${copy} template ${from}`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw fault("unavailable", {
      say: `The database could not be copied: ${why}. A drill needs a role that may create databases, nobody connected, and as much space again.`,
      cause: error,
    })
  }
}

const nameIn = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1))

function withName(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = database
  return other.href
}

/** A database is not copied while somebody is in it, ourselves included. */
async function onServer<Row extends pg.QueryResultRow>(adminUrl: string, text: string) {
  const client = new pg.Client({ connectionString: withName(adminUrl, "template1") })
  client.on("error", () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
