import type { Log } from "@vibecaas/kernel/log"
import pg from "pg"

export interface PoolOptions {
  url: string
  log: Log
  /** shown in `pg_stat_activity` */
  name: string
  /** connections at most */
  max?: number
}

/**
 * A bounded pool. Time limits for statements and idle transactions are set on the roles (see
 * `roles.ts`); here are those that hold when the network or the server is silent.
 */
export function makePool({ url, log, name, max = 20 }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max,
    connectionTimeoutMillis: 5_000,
    query_timeout: 20_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  // Without a listener, a server that goes away under an idle connection ends the process.
  pool.on("error", (error) => log.warn({ err: error, pool: name }, "an idle connection was lost"))
  return pool
}
