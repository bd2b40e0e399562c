import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { makeListener } from "@vibecaas/reconcile/listen"
import { makeLoops } from "@vibecaas/reconcile/loops"
import { done } from "@vibecaas/reconcile/next"
import { reconcileSchema } from "@vibecaas/reconcile/schema"
import { startTestPostgres } from "@vibecaas/reconcile/testing/postgres"
import { wakeInTransaction } from "@vibecaas/reconcile/wake"
import pg from "pg"
import { ms, perSecond, printTable, printTarget, quantile } from "./figures.ts"

/** As many as there are now, and as many as sixteen kinds might have. */
const loopCounts = [4, 30]
const connectionsMax = 10
const idleMs = 5_000

/** What loops cost whose turns do nothing: statements, connections, and time from a wake to its turn. */
export async function benchLoops(): Promise<void> {
  const postgres = await startTestPostgres()
  const { connectionString } = postgres
  const admin = new pg.Client({ connectionString, application_name: "bench" })
  await admin.connect()
  await admin.query(reconcileSchema)
  const measured: Measured[] = []
  for (const count of loopCounts) measured.push(await measure(admin, connectionString, count))
  await admin.end()
  await postgres.remove()
  printTable("loops whose turns do nothing", [
    ["", ...loopCounts.map((count) => `${count} loops`)],
    ["connections at rest", ...measured.map(({ connections }) => `${connections.rest}`)],
    ["connections after a burst", ...measured.map(({ connections }) => `${connections.burst}`)],
    ["wake to turn, p50", ...measured.map(({ wakeMs }) => ms(quantile(wakeMs, 0.5)))],
    ["wake to turn, p95", ...measured.map(({ wakeMs }) => ms(quantile(wakeMs, 0.95)))],
    ["statements a turn, one by one", ...measured.map(({ single }) => single.toFixed(1))],
    ["statements a turn, 500 at once", ...measured.map(({ burst }) => burst.toFixed(1))],
    ["turns, 500 at once", ...measured.map(({ rate }) => perSecond(rate))],
    ["statements at rest", ...measured.map(({ idle }) => `${idle.toFixed(1)}/s`)],
  ])
  const most = Math.max(...measured.map(({ connections }) => connections.burst))
  printTarget(`${most} connections, target at most ${connectionsMax}`, most <= connectionsMax)
}

interface Measured {
  connections: { rest: number; burst: number }
  wakeMs: number[]
  /** statements a turn, without the wake's own and those at rest */
  single: number
  burst: number
  /** turns a second */
  rate: number
  /** statements a second */
  idle: number
}

async function measure(admin: pg.Client, url: string, count: number): Promise<Measured> {
  const began = new Map<string, () => void>()
  const loops = await startLoops(url, count, began)
  const wakes = wakeTo(admin, { count, began })
  const rest = await connectionsOf(admin)
  const wakeMs = await wakes.oneByOne(200)
  const idle = (await statementsDuring(admin, () => delay(idleMs))).perMs
  const single = await statementsDuring(admin, () => wakes.oneByOne(100))
  const burst = await statementsDuring(admin, () => wakes.together(500))
  const startedAt = performance.now()
  await wakes.together(500)
  const rate = 500 / ((performance.now() - startedAt) / 1000)
  const connections = { rest, burst: await connectionsOf(admin) }
  await loops.stop()
  const each = (of: Statements, turns: number) => (of.count - of.ms * idle) / turns - 1
  return {
    ...{ connections, wakeMs, rate, idle: idle * 1000 },
    single: each(single, 100),
    burst: each(burst, 500),
  }
}

/** Loops of one process, each of which tells in `began` that a key has its turn. */
async function startLoops(url: string, count: number, began: ReadonlyMap<string, () => void>) {
  const parts = { clock: systemClock, log: silentLog }
  const listener = makeListener({ url, ...parts })
  const pool = new pg.Pool({ connectionString: url, max: 8, keepAlive: true })
  const loops = makeLoops({
    ...{ ...parts, pool, listener },
    backoff: { delayMs: 500 },
    holder: { holder: "bench", instance: `bench-${count}` },
  })
  for (let n = 0; n < count; n++) {
    loops.add({
      name: `loop${n}`,
      description: "Does nothing.",
      concurrency: 4,
      sweepEveryMs: 600_000,
      due: async () => [],
      reconcile: async ({ key }) => {
        began.get(key.id)?.()
        return done
      },
    })
  }
  listener.start()
  await loops.start()
  await delay(1_000)
  return {
    async stop() {
      await loops.stop(1_000)
      await listener.close()
      await pool.end()
    },
  }
}

/** Wakes keys as a transaction of a use case does, and waits for their turns. */
function wakeTo(admin: pg.Client, on: { count: number; began: Map<string, () => void> }) {
  let keys = 0
  const wake = async (): Promise<number> => {
    const id = `${on.count}_${keys++}`
    const { promise, resolve } = Promise.withResolvers<void>()
    on.began.set(id, resolve)
    const wokenAt = performance.now()
    const key = { organizationId: "org", id }
    await wakeInTransaction(admin, [{ loop: `loop${keys % on.count}`, key }])
    await promise
    return performance.now() - wokenAt
  }
  return {
    async oneByOne(times: number): Promise<number[]> {
      const waits: number[] = []
      for (let n = 0; n < times; n++) {
        waits.push(await wake())
        await delay(10)
      }
      return waits
    },
    together: (times: number) => Promise.all(Array.from({ length: times }, wake)),
  }
}

interface Statements {
  count: number
  ms: number
  perMs: number
}

/** Counts what PostgreSQL logs, so that nothing is left out that a library sends. */
async function statementsDuring(
  admin: pg.Client,
  work: () => Promise<unknown>,
): Promise<Statements> {
  const { rows } = await admin.query<{ dir: string }>(
    "select current_setting('data_directory') as dir",
  )
  const file = join(dirname(rows[0]?.dir ?? ""), "log")
  const logged = async () =>
    (await readFile(file, "utf8")).match(/LOG: {2}(statement|execute)/g)?.length ?? 0
  await logStatements(admin, "all")
  const before = await logged()
  const startedAt = performance.now()
  await work()
  // The last turns give their leases back.
  await delay(300)
  const elapsedMs = performance.now() - startedAt
  const count = (await logged()) - before
  await logStatements(admin, "none")
  return { count, ms: elapsedMs, perMs: count / elapsedMs }
}

async function logStatements(admin: pg.Client, which: "all" | "none"): Promise<void> {
  await admin.query(`alter system set log_statement = '${which}'`)
  await admin.query("select pg_reload_conf()")
  await delay(300)
}

async function connectionsOf(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where backend_type = 'client backend' and application_name <> 'bench'`,
  )
  return rows[0]?.count ?? 0
}
