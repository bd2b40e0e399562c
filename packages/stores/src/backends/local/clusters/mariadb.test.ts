import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { processesWorkingIn } from "@vibecaas/kernel/processes"
import { systemPath } from "@vibecaas/kernel/programs"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { run } from "@vibecaas/kernel/spawn"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makeEngines } from "../../../engines.ts"
import type { Datastore, RunTool } from "../datastore.ts"
import { settingsOf } from "../options.ts"
import type { StoreRecord } from "../record.ts"
import { mariadbDatastore } from "./mariadb.ts"

/** Debian's server is not everywhere: without it these facts say what they would need. */
let dir = ""
let datastore: Datastore
let lacks: string | undefined
const storeOf = (letter: string): StoreRecord =>
  ({ storeId: `sto_${letter.repeat(26)}` }) as StoreRecord // what the datastore reads of it
const [one, other] = [storeOf("a"), storeOf("b")]
const password = "abcdefgh12345678"

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "stm-"))
  await chmod(dir, 0o711)
  const settings = settingsOf({
    ...{ dataRoot: dir, stateDir: dir, enginesDir: dir, engines: makeEngines([]) },
    ...{ nodePath: process.execPath, clock: systemClock, log: silentLog },
  })
  datastore = mariadbDatastore(settings)
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

/** @returns rows as lines */
async function ask(store: StoreRecord, sql: string, as = store): Promise<string> {
  const database = datastore.connection(as.storeId, { databasePassword: password })
  const socket = "socket" in database ? database.socket : ""
  const to = ["--no-defaults", `--socket=${socket}`, `--user=${as.storeId}`, "--batch"]
  const answer = await run("mariadb", [...to, "--skip-column-names", store.storeId], {
    env: { PATH: systemPath, MYSQL_PWD: password },
    stdin: sql,
  })
  if (answer.exitCode !== 0) throw new Error(answer.stderr.toString())
  return answer.stdout.toString().trim()
}

/** As ourselves: the wall around tools is another fact's. */
const runTool: RunTool = async ({ argv, env, stdinFile, stdoutFile, timeoutMs }) => {
  const [file = "", ...rest] = argv
  const stdin = stdinFile === undefined ? {} : { stdin: await readFile(stdinFile) }
  const all = { env: { ...env, PATH: systemPath }, timeoutMs, ...stdin }
  const answer = await run(file, rest, all)
  if (answer.exitCode !== 0) throw new Error(answer.stderr.toString())
  if (stdoutFile !== undefined) await writeFile(stdoutFile, answer.stdout)
}

fact("each store has a database that no other store may enter", async () => {
  expect(await datastore.state(one.storeId)).toBe("absent")
  for (const store of [one, other, one]) await datastore.ensure(store, { password })
  expect(await datastore.state(one.storeId)).toBe("ready")
  await ask(one, "create table cups (id int) engine = InnoDB; insert into cups values (1)")
  await expect(ask(one, "select 1", other)).rejects.toThrow(/Access denied/)
  await expect(ask(one, "create user spy")).rejects.toThrow(/Access denied|need .* privilege/)
  expect(await datastore.list()).toEqual([one.storeId, other.storeId])
})

fact("a server that was killed comes back with its data", async () => {
  for (const pid of await processesWorkingIn(`${dir}/mariadb/data`)) signalQuietly(pid)
  await datastore.ensure(one, { password })
  expect(await ask(one, "select id from cups")).toBe("1")
})

fact("a dump is loaded into its own store and into another one", async () => {
  const dump = { file: `${dir}/dump`, password, run: runTool }
  expect(await datastore.dump(one, dump)).toMatch(/^mariadb-dump \d+\./)
  await ask(one, "insert into cups values (2)")
  for (const store of [one, other]) {
    await datastore.load(store, dump)
    expect(await ask(store, "select id from cups")).toBe("1")
  }
})

fact("another password opens a store's database from the next time on", async () => {
  await datastore.ensure(one, { password: "another12345678" })
  await expect(ask(one, "select 1")).rejects.toThrow(/Access denied/)
})

fact("a dropped store leaves neither database nor user", async () => {
  for (const letter of ["a", "b"]) {
    const { storeId } = storeOf(letter)
    await datastore.drop(storeId)
    expect(await datastore.leftovers(storeId)).toEqual([])
  }
  expect(await datastore.list()).toEqual([])
})
