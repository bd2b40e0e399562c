import { hostname } from "node:os"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import type { Log } from "@vibecaas/kernel/log"
import { type Listener, makeListener } from "@vibecaas/reconcile/listen"
import { type Loops, makeLoops } from "@vibecaas/reconcile/loops"
import type pg from "pg"
import type { Parts } from "../core/ctx.ts"
import { makeDatabase } from "../db/database.ts"
import { makePool } from "../db/pool.ts"
import { makeScope } from "../db/scope.ts"
import type { Database } from "../db/tenant.ts"
import type { ServerInput } from "./messages.ts"

/** What everything else stands on: connections, transactions, loops and news from the database. */
export interface Foundations extends Parts {
  database: Database
  /** connections of the role that sees the schema `auth` and nothing else */
  authPool: pg.Pool
  loops: Loops
  listener: Listener
  /** names this process among the servers of one database; stays when it is started again */
  server: string
  close(): Promise<void>
}

export function layFoundations(input: ServerInput, log: Log): Foundations {
  const { databaseUrls } = input
  const clock = systemClock
  const newId = makeNewId(clock)
  const appPool = makePool({ url: databaseUrls.app, log, name: "vibecaas-app", max: 20 })
  const authPool = makePool({ url: databaseUrls.auth, log, name: "vibecaas-auth", max: 5 })
  const loopPool = makePool({ url: databaseUrls.queue, log, name: "vibecaas-loops", max: 8 })
  const listener = makeListener({ url: databaseUrls.app, clock, log })
  const loops = makeLoops({
    ...{ pool: loopPool, listener, clock, log },
    backoff: { delayMs: 500, delayMsMax: 60_000, jitter: 0.2, random: Math.random },
    // One server process per data directory, so its path tells processes of one host apart.
    holder: { holder: `server:${input.places.data}`, instance: newId("srv") },
  })
  const database = makeDatabase(appPool)
  return {
    ...{ database, authPool, loops, listener, clock, newId, log },
    server: `${hostname()}:${input.places.data}`,
    scope: makeScope({ database, clock, newId, log }),
    async close() {
      await listener.close()
      await Promise.all([appPool, authPool, loopPool].map((pool) => pool.end()))
    },
  }
}
