import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:net"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import pg from "pg"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { runningServer } from "../db/cluster/running-server.ts"
import { runnable, testFolder } from "../db/testing/test-cluster.ts"
import { type PostgresOptions, type RunningPostgres, startPostgres } from "./postgres.ts"

let dir: string
let options: PostgresOptions
const folder = () => join(options.dataDir, "cluster")
const started: RunningPostgres[] = []

beforeAll(async () => {
  dir = await testFolder()
  const { account, binaries } = await runnable(dir)
  options = {
    dataDir: join(dir, "postgres"),
    ...(account ? { runAs: account } : {}),
    binaries,
    log: silentLog,
    run,
    clock: systemClock,
  }
})
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function launch(more: Partial<PostgresOptions> = {}): Promise<RunningPostgres> {
  const server = await startPostgres({ ...options, ...more })
  started.push(server)
  return server
}

async function query(server: RunningPostgres, text: string) {
  const client = new pg.Client({ connectionString: server.adminUrl("postgres") })
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

async function kill(): Promise<void> {
  const server = await runningServer(folder())
  if (!server) throw new Error("no server to kill")
  process.kill(server.pid, "SIGKILL")
  // The signal is on its way when the call returns; until it arrives the server is one to adopt.
  await expect.poll(() => runningServer(folder())).toBeUndefined()
}

test("committed rows survive a kill -9 of the database", async () => {
  const first = await launch()
  await query(first, "create table if not exists kept (n int)")
  await query(first, "insert into kept values (1)")
  await kill()
  const second = await launch()
  expect(second.adopted).toBe(false)
  expect(await query(second, "select n from kept")).toEqual([{ n: 1 }])
})

test("a server that still runs is adopted, as after a kill -9 of ours", async () => {
  const first = await launch()
  const again = await launch({ port: first.port + 1 })
  expect(again).toMatchObject({ adopted: true, port: first.port })
  expect(await query(again, "select 1 as one")).toEqual([{ one: 1 }])
})

test("two starts at once share one server", async () => {
  const [a, b] = await Promise.all([launch(), launch()])
  expect(a.port).toBe(b.port)
})

test("a taken port is stepped over", async () => {
  const squatter = await listen()
  const server = await launch({ port: portOf(squatter) })
  expect(server.port).not.toBe(portOf(squatter))
  squatter.close()
  expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }])
})

test("a process number that another program has now does not stop the start", async () => {
  const server = await launch()
  await server.stop()
  const lines = [process.pid, folder(), 1, 5432, "", "127.0.0.1", "", "ready"]
  await writeFile(join(folder(), "postmaster.pid"), `${lines.join("\n")}\n`)
  expect((await launch()).adopted).toBe(false)
})

test("a creation that was cut short is begun again", async () => {
  const dataDir = join(dir, "cut-short")
  await mkdir(join(dataDir, "cluster.unfinished"), { recursive: true })
  await writeFile(join(dataDir, "cluster.unfinished", "PG_VERSION"), "18\n")
  await writeFile(join(dataDir, "password"), "of the first try\n")
  const server = await launch({ dataDir })
  expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }])
})

test("nobody gets in without the password, which only we can read", async () => {
  const server = await launch()
  const file = join(options.dataDir, "password")
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(server.adminUrl("postgres")).toContain((await readFile(file, "utf8")).trim())
  const url = new URL(server.adminUrl("postgres"))
  url.password = "guess"
  const guess = new pg.Client({ connectionString: url.href })
  await expect(guess.connect()).rejects.toMatchObject({ code: "28P01" })
})

test("the server writes through to the disk, listens on loopback and has no socket file", async () => {
  const server = await launch()
  const [settings] = await query(
    server,
    `select current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses,
       current_setting('unix_socket_directories') as sockets,
       current_setting('synchronous_commit') as commits,
       current_setting('dynamic_shared_memory_type') as shared`,
  )
  expect(settings).toEqual({
    ...{ fsync: "on", addresses: "127.0.0.1", sockets: "", commits: "on" },
    shared: "mmap",
  })
})

test.runIf(process.getuid?.() === 0)("the server of root runs as somebody else", async () => {
  await launch()
  const server = await runningServer(folder())
  expect((await stat(`/proc/${server?.pid}`)).uid).toBe(options.runAs?.uid)
  expect((await stat(folder())).mode & 0o777).toBe(0o700)
})

test.runIf(process.getuid?.() === 0)(
  "a folder that the database's user may not pass through is named",
  async () => {
    const closed = join(dir, "closed")
    await mkdir(closed, { mode: 0o700 })
    await expect(launch({ dataDir: join(closed, "data") })).rejects.toMatchObject({
      code: "unavailable",
      say: expect.stringContaining(`may not pass through ${closed}.`),
    })
  },
)

test("programs that the account cannot reach are named in a sentence", async () => {
  const binaries = { initdb: "/nowhere/initdb", pg_ctl: "/nowhere/pg_ctl", postgres: "/nowhere/p" }
  const attempt = launch({ dataDir: join(dir, "unreachable"), binaries })
  await expect(attempt).rejects.toMatchObject({
    code: "unavailable",
    say: expect.stringContaining("PostgreSQL in /nowhere cannot be run by"),
  })
})

test("a lost password file is said aloud, and the data is left alone", async () => {
  const server = await launch()
  await server.stop()
  const file = join(options.dataDir, "password")
  await rename(file, `${file}.lost`)
  await expect(launch()).rejects.toMatchObject({ say: expect.stringContaining("password file") })
  await rename(`${file}.lost`, file)
  expect(await query(await launch(), "select 1 as one")).toEqual([{ one: 1 }])
})

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => resolve(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === "object" && address ? address.port : 0
}
