import { rm } from "node:fs/promises"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import pg from "pg"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { runningServer } from "../db/cluster/running-server.ts"
import { makeDatabase } from "../db/database.ts"
import { makePool } from "../db/pool.ts"
import { type DatabaseUrls, prepareDatabase } from "../db/prepare.ts"
import { pulseCheck, takePulse } from "../db/pulse.ts"
import { runnable, testFolder, testPasswords } from "../db/testing/test-cluster.ts"
import { type WatchTimes, watchDatabase } from "./database-watch.ts"
import { type PostgresOptions, type RunningPostgres, startPostgres } from "./postgres.ts"

let dir: string
let options: PostgresOptions
let server: RunningPostgres
let urls: DatabaseUrls
let pool: pg.Pool
let told: string[] = []
let ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  dir = await testFolder()
  const { account, binaries } = await runnable(dir)
  options = {
    dataDir: join(dir, "postgres"),
    ...(account ? { runAs: account } : {}),
    ...{ binaries, log: silentLog, run, clock: systemClock },
  }
  server = await startPostgres(options)
  urls = await prepareDatabase(server.adminUrl("postgres"), { passwords: testPasswords })
  pool = makePool({ url: urls.app, log: silentLog, name: "test" })
})
afterEach(async () => {
  for (const end of ends) await end()
  ends = []
  told = []
})
afterAll(async () => {
  await pool.end()
  await server.stop(1000)
  await rm(dir, { recursive: true, force: true })
})

const hasty: WatchTimes = { lookEveryMs: 20, pulseEveryMs: 20, graceMs: 1000 }
const patient = { timeout: 60_000, interval: 50 }

function watch({ ours }: { ours: boolean }): void {
  const keeping = {
    running: server,
    startAgain: (port: number) => startPostgres({ ...options, port }),
    moved: async () => {},
  }
  const end = watchDatabase({
    pulse: () => takePulse(urls.app, 1500),
    ours: ours ? keeping : undefined,
    ...{ clock: systemClock, log: silentLog, times: hasty },
    tell: (line) => void told.push(line),
  })
  ends.push(end)
}

const processId = async () => (await runningServer(join(options.dataDir, "cluster")))?.pid ?? 0

async function asAdmin(...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: server.adminUrl("postgres") })
  await admin.connect()
  for (const statement of statements) await admin.query(statement)
  await admin.end()
}

test("a database that stands still is killed and started again, and the server goes on", async () => {
  const before = await processId()
  const database = makeDatabase(pool)
  const check = pulseCheck(database, systemClock)
  expect(await check()).toBeUndefined()
  watch({ ours: true })
  process.kill(before, "SIGSTOP")
  await vi.waitFor(() => expect(told).toContain("The database works again."), patient)
  expect(await processId()).not.toBe(before)
  expect(told[0]).toBe("The database does not work: it does not answer. Starting it again.")
  await vi.waitFor(async () => expect(await check()).toBeUndefined(), patient)
})

test("a database that takes no changes is told of in words, and is not started again", async () => {
  const before = await processId()
  const check = pulseCheck(makeDatabase(pool), { now: () => new Date() })
  watch({ ours: true })
  await asAdmin("alter system set default_transaction_read_only = on", "select pg_reload_conf()")
  const say = "it takes no changes: it is set to read-only, or is a standby"
  await vi.waitFor(async () => {
    expect(told).toEqual([`The database does not work: ${say}.`])
    expect(await check()).toBe(say)
  }, patient)
  await systemClock.sleep(500)
  expect([await processId(), told.length]).toEqual([before, 1])
  await asAdmin(
    "set default_transaction_read_only = off",
    "alter system reset default_transaction_read_only",
    "select pg_reload_conf()",
  )
  await vi.waitFor(() => expect(told.at(-1)).toBe("The database works again."), patient)
})

test("another's database that stands still is only spoken of", async () => {
  const before = await processId()
  watch({ ours: false })
  process.kill(before, "SIGSTOP")
  await vi.waitFor(() => expect(told).toHaveLength(1), patient)
  expect(told).toEqual(["The database does not work: it does not answer."])
  process.kill(before, "SIGCONT")
  await vi.waitFor(() => expect(told.at(-1)).toBe("The database works again."), patient)
  expect(await processId()).toBe(before)
})
