import { randomBytes } from "node:crypto"
import { type Clock, systemClock } from "@vibecaas/kernel/clock"
import { makeNewId, type NewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import pg from "pg"
import type { Scope } from "../../core/ctx.ts"
import { makeDatabase } from "../database.ts"
import { pgCode } from "../errors.ts"
import { makePool } from "../pool.ts"
import type { DatabaseUrls } from "../prepare.ts"
import { type ServerRole, serverRoles } from "../roles.ts"
import { makeScope } from "../scope.ts"
import type { Database } from "../tenant.ts"
import { templateName, testPasswords } from "./test-cluster.ts"

export interface TestDatabase {
  database: Database
  scope: Scope
  /** the pool behind `database`, connected as the server's role */
  pool: pg.Pool
  /** a superuser: it sees every organization's rows, for asserting the world */
  adminPool: pg.Pool
  adminUrl: string
  urls: DatabaseUrls
  clock: Clock
  newId: NewId
  /** @throws when a connection of `pool` or `adminPool` was not given back */
  close(): Promise<void>
}

/** A database of its own, migrated, on a cluster of `startTestCluster`. */
export async function databaseOn(
  clusterUrl: string,
  options: { clock?: Clock } = {},
): Promise<TestDatabase> {
  const clock = options.clock ?? systemClock
  const name = `test_${randomBytes(6).toString("hex")}`
  await onCluster(clusterUrl, `create database ${name} template ${templateName}`)

  const adminUrl = urlOf(clusterUrl, name)
  const urls = {
    app: urlOf(clusterUrl, name, "app"),
    auth: urlOf(clusterUrl, name, "auth"),
    queue: urlOf(clusterUrl, name, "queue"),
  }
  const pool = makePool({ url: urls.app, log: silentLog, name: "test", max: 10 })
  const adminPool = makePool({ url: adminUrl, log: silentLog, name: "test-admin", max: 4 })
  const database = makeDatabase(pool)
  const newId = makeNewId(clock)
  const scope = makeScope({ database, clock, newId, log: silentLog })
  const close = async () => {
    const leaks = [leaked("pool", pool), leaked("adminPool", adminPool)].filter(Boolean)
    // An unreturned connection would keep `end` waiting for ever; dropping the database ends it.
    if (leaks.length === 0) await Promise.all([pool.end(), adminPool.end()])
    // Who leaked a connection does not give it back while PostgreSQL waits.
    await (leaks.length > 0 ? cutOff(clusterUrl, name) : dropDatabase(clusterUrl, name))
    if (leaks.length > 0) throw new Error(`connections were not given back: ${leaks.join(", ")}`)
  }
  return { database, scope, pool, adminPool, adminUrl, urls, clock, newId, close }
}

/** PostgreSQL waits 5 s for connections that are just ending; what is left then is cut off. */
async function dropDatabase(clusterUrl: string, name: string): Promise<void> {
  try {
    await onCluster(clusterUrl, `drop database ${name}`)
  } catch (error) {
    const inUse = "55006"
    if (pgCode(error) !== inUse) throw error
    await cutOff(clusterUrl, name)
  }
}

const cutOff = (clusterUrl: string, name: string) =>
  onCluster(clusterUrl, `drop database ${name} with (force)`)

function leaked(name: string, pool: pg.Pool): string | undefined {
  const out = pool.totalCount - pool.idleCount
  return out > 0 || pool.waitingCount > 0
    ? `${name} (${out} out, ${pool.waitingCount} waiting)`
    : undefined
}

function urlOf(clusterUrl: string, database: string, role?: ServerRole): string {
  const url = new URL(clusterUrl)
  url.pathname = database
  if (role) {
    url.username = serverRoles[role]
    url.password = testPasswords[role]
  }
  return url.href
}

async function onCluster(clusterUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: clusterUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
