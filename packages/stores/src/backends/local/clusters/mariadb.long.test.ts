import { processesWorkingIn } from "@vibecaas/kernel/processes"
import { systemPath } from "@vibecaas/kernel/programs"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { run } from "@vibecaas/kernel/spawn"
import { expect } from "vitest"
import type { StoreRecord } from "../record.ts"
import { datastoreWorld, password, runTool, storeOf } from "../testing/datastore-world.ts"
import { mariadbDatastore } from "./mariadb.ts"

const world = datastoreWorld(mariadbDatastore)
const { fact } = world
const [one, other] = [storeOf("a"), storeOf("b")]

/** @returns rows as lines */
async function ask(store: StoreRecord, sql: string, as = store): Promise<string> {
  const database = world.datastore.connection(as.storeId, { databasePassword: password })
  const socket = "socket" in database ? database.socket : ""
  const to = ["--no-defaults", `--socket=${socket}`, `--user=${as.storeId}`, "--batch"]
  const answer = await run("mariadb", [...to, "--skip-column-names", store.storeId], {
    env: { PATH: systemPath, MYSQL_PWD: password },
    stdin: sql,
  })
  if (answer.exitCode !== 0) throw new Error(answer.stderr.toString())
  return answer.stdout.toString().trim()
}

fact("each store has a database that no other store may enter", async () => {
  expect(await world.datastore.state(one.storeId)).toBe("absent")
  for (const store of [one, other, one]) await world.datastore.ensure(store, { password })
  expect(await world.datastore.state(one.storeId)).toBe("ready")
  await ask(one, "create table cups (id int) engine = InnoDB; insert into cups values (1)")
  await expect(ask(one, "select 1", other)).rejects.toThrow(/Access denied/)
  await expect(ask(one, "create user spy")).rejects.toThrow(/Access denied|need .* privilege/)
  expect(await world.datastore.list()).toEqual([one.storeId, other.storeId])
})

fact("a server that was killed comes back with its data", async () => {
  for (const pid of await processesWorkingIn(`${world.dir}/mariadb/data`)) signalQuietly(pid)
  await world.datastore.ensure(one, { password })
  expect(await ask(one, "select id from cups")).toBe("1")
})

fact("a dump is loaded into its own store and into another one", async () => {
  const dump = { file: `${world.dir}/dump`, password, run: runTool }
  expect(await world.datastore.dump(one, dump)).toMatch(/^mariadb-dump \d+\./)
  await ask(one, "insert into cups values (2)")
  for (const store of [one, other]) {
    await world.datastore.load(store, dump)
    expect(await ask(store, "select id from cups")).toBe("1")
  }
})

fact("another password opens a store's database from the next time on", async () => {
  await world.datastore.ensure(one, { password: "another12345678" })
  await expect(ask(one, "select 1")).rejects.toThrow(/Access denied/)
})

fact("a dropped store leaves neither database nor user", async () => {
  for (const letter of ["a", "b"]) {
    const { storeId } = storeOf(letter)
    await world.datastore.drop(storeId)
    expect(await world.datastore.leftovers(storeId)).toEqual([])
  }
  expect(await world.datastore.list()).toEqual([])
})
