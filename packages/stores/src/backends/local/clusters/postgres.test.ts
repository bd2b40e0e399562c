import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { processesWorkingIn } from "@vibecaas/kernel/processes"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { run } from "@vibecaas/kernel/spawn"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { ServerDatabase } from "../../../engine.ts"
import { makeEngines } from "../../../engines.ts"
import type { Datastore, RunTool } from "../datastore.ts"
import { settingsOf } from "../options.ts"
import type { StoreRecord } from "../record.ts"
import { postgresDatastore } from "./postgres.ts"

/** Debian's server is not everywhere: without it these facts say what they would need. */
let dir = ""
let datastore: Datastore
let lacks: string | undefined
const storeOf = (letter: string): StoreRecord =>
  ({ storeId: `sto_${letter.repeat(26)}` }) as StoreRecord // what the datastore reads of it
const [one, other] = [storeOf("a"), storeOf("b")]
const password = "abcdefgh12345678"

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "stp-"))
  await chmod(dir, 0o711)
  const settings = settingsOf({
    ...{ dataRoot: dir, stateDir: dir, enginesDir: dir, engines: makeEngines([]) },
    ...{ nodePath: process.execPath, clock: systemClock, log: silentLog },
  })
  datastore = await postgresDatastore(settings)
  lacks = await datastore.lacks()
})
afterAll(async () => {
  await datastore.close()
  await rm(dir, { recursive: true, force: true })
})

const fact = (title: string, body: () => Promise<void>) =>
  test(title, async (context) => {
    if (lacks !== undefined) return context.skip(lacks)
    await body()
  })

async function ask<T extends object>(store: StoreRecord, sql: string, as = store): Promise<T[]> {
  // The kind is this datastore's own.
  const database = datastore.connection(as.storeId, {
    databasePassword: password,
  }) as ServerDatabase
  const client = new pg.Client({
    ...{ host: database.socket, port: database.tcp?.port, user: database.user, password },
    database: store.storeId,
  })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

/** As ourselves: the wall around tools is another fact's. */
const runTool: RunTool = async ({ argv, env, stdinFile, stdoutFile, timeoutMs }) => {
  const [file = "", ...rest] = argv
  const stdin = stdinFile === undefined ? {} : { stdin: await readFile(stdinFile) }
  const answer = await run(file, rest, { env: { ...env }, timeoutMs, ...stdin })
  if (answer.exitCode !== 0) throw new Error(answer.stderr.toString())
  if (stdoutFile !== undefined) await writeFile(stdoutFile, answer.stdout)
}

fact("each store has a database that no other store may enter", async () => {
  expect(await datastore.state(one.storeId)).toBe("absent")
  for (const store of [one, other, one]) await datastore.ensure(store, { password })
  expect(await datastore.state(one.storeId)).toBe("ready")
  await ask(one, "create table cups (id int)")
  await ask(one, "insert into cups values (1)")
  await expect(ask(one, "select 1", other)).rejects.toThrow(/permission denied for database/)
  await expect(ask(one, "create role spy superuser")).rejects.toThrow(/must be superuser/)
  expect(await datastore.list()).toEqual([one.storeId, other.storeId])
})

fact("a server that was killed comes back with its data", async () => {
  for (const pid of await processesWorkingIn(`${dir}/postgres/cluster`)) signalQuietly(pid)
  expect(await datastore.state(one.storeId)).toBe("unreachable")
  await datastore.ensure(one, { password })
  expect(await ask(one, "select id from cups")).toEqual([{ id: 1 }])
})

fact("a dump is loaded into its own store and into another one", async () => {
  const dump = { file: `${dir}/dump`, password, run: runTool }
  expect(await datastore.dump(one, dump)).toMatch(/^pg_dump \d+$/)
  await ask(one, "insert into cups values (2)")
  for (const store of [one, other]) {
    await datastore.load(store, dump)
    expect(await ask(store, "select id from cups")).toEqual([{ id: 1 }])
  }
})

fact("a new store is a copy of the template, and all of it is its own", async () => {
  const { templates } = datastore
  await templates?.make("template_test_1", async (database) => {
    const server = database as ServerDatabase // as above
    const client = new pg.Client({
      ...{ host: server.socket, port: server.tcp?.port, user: server.user },
      ...{ password: server.password, database: server.name },
    })
    await client.connect()
    await client.query("create table plates (id int)")
    await client.end()
  })
  expect(await templates?.has("template_test_1")).toBe(true)
  const copy = storeOf("c")
  await datastore.ensure(copy, { password, template: "template_test_1" })
  await ask(copy, "alter table plates add column colour text")
  expect(await ask(copy, "select * from plates")).toEqual([])
})

fact("a dropped store leaves neither database nor role", async () => {
  for (const letter of ["a", "b", "c"]) {
    const { storeId } = storeOf(letter)
    await datastore.drop(storeId)
    expect(await datastore.leftovers(storeId)).toEqual([])
  }
  expect(await datastore.list()).toEqual([])
})
