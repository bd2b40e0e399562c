import { processesWorkingIn } from "@vibecaas/kernel/processes"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import pg from "pg"
import { expect } from "vitest"
import type { ServerDatabase } from "../../../engine.ts"
import type { StoreRecord } from "../record.ts"
import { datastoreWorld, password, runTool, storeOf } from "../testing/datastore-world.ts"
import { postgresDatastore } from "./postgres.ts"

const world = datastoreWorld(postgresDatastore)
const { fact } = world
const [one, other] = [storeOf("a"), storeOf("b")]

async function ask<T extends object>(store: StoreRecord, sql: string, as = store): Promise<T[]> {
  // The kind is this datastore's own.
  const database = world.datastore.connection(as.storeId, {
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

fact("each store has a database that no other store may enter", async () => {
  expect(await world.datastore.state(one.storeId)).toBe("absent")
  for (const store of [one, other, one]) await world.datastore.ensure(store, { password })
  expect(await world.datastore.state(one.storeId)).toBe("ready")
  await ask(one, "create table cups (id int)")
  await ask(one, "insert into cups values (1)")
  await expect(ask(one, "select 1", other)).rejects.toThrow(/permission denied for database/)
  await expect(ask(one, "create role spy superuser")).rejects.toThrow(/must be superuser/)
  expect(await world.datastore.list()).toEqual([one.storeId, other.storeId])
})

fact("a server that was killed comes back with its data", async () => {
  for (const pid of await processesWorkingIn(`${world.dir}/postgres/cluster`)) signalQuietly(pid)
  expect(await world.datastore.state(one.storeId)).toBe("unreachable")
  await world.datastore.ensure(one, { password })
  expect(await ask(one, "select id from cups")).toEqual([{ id: 1 }])
})

fact("a dump is loaded into its own store and into another one", async () => {
  const dump = { file: `${world.dir}/dump`, password, run: runTool }
  expect(await world.datastore.dump(one, dump)).toMatch(/^pg_dump \d+$/)
  await ask(one, "insert into cups values (2)")
  for (const store of [one, other]) {
    await world.datastore.load(store, dump)
    expect(await ask(store, "select id from cups")).toEqual([{ id: 1 }])
  }
})

fact("a new store is a copy of the template, and all of it is its own", async () => {
  const { templates } = world.datastore
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
  await world.datastore.ensure(copy, { password, template: "template_test_1" })
  await ask(copy, "alter table plates add column colour text")
  expect(await ask(copy, "select * from plates")).toEqual([])
})

fact("a dropped store leaves neither database nor role", async () => {
  for (const letter of ["a", "b", "c"]) {
    const { storeId } = storeOf(letter)
    await world.datastore.drop(storeId)
    expect(await world.datastore.leftovers(storeId)).toEqual([])
  }
  expect(await world.datastore.list()).toEqual([])
})
