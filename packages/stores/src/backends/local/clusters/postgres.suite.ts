import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { expect, test } from "vitest"
import type { ServerDatabase } from "../../../engine.ts"
import type { Datastore } from "../datastore.ts"
import type { StoreRecord } from "../record.ts"
import { password, runTool, storeOf } from "../testing/datastore-world.ts"

/** What a test may ask of a datastore; `lacks` is the sentence why it is not here. */
export interface PostgresHere {
  datastore: Datastore
  lacks: string | undefined
}

export const factOn =
  (here: () => PostgresHere) => (title: string, body: (datastore: Datastore) => Promise<void>) =>
    test(title, async (context) => {
      const { lacks, datastore } = here()
      if (lacks !== undefined) return context.skip(lacks)
      await body(datastore)
    })

export async function askAs<T extends object>(
  datastore: Datastore,
  { store, as = store }: { store: StoreRecord; as?: StoreRecord },
  sql: string,
): Promise<T[]> {
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

const asking =
  (datastore: Datastore) =>
  <T extends object>(store: StoreRecord, sql: string, as = store): Promise<T[]> =>
    askAs<T>(datastore, { store, as }, sql)

/** What stores get of a PostgreSQL, whoever runs it. */
export function postgresFacts(here: () => PostgresHere): void {
  const fact = factOn(here)
  const [one, other] = [storeOf("a"), storeOf("b")]

  fact("each store has a database that no other store may enter", async (datastore) => {
    const ask = asking(datastore)
    expect(await datastore.state(one.storeId)).toBe("absent")
    for (const store of [one, other, one]) await datastore.ensure(store, { password })
    expect(await datastore.state(one.storeId)).toBe("ready")
    await ask(one, "create table cups (id int)")
    await ask(one, "insert into cups values (1)")
    await expect(ask(one, "select 1", other)).rejects.toThrow(/permission denied for database/)
    await expect(ask(one, "create role spy superuser")).rejects.toThrow(/must be superuser/)
    expect(await datastore.list()).toEqual([one.storeId, other.storeId])
  })

  fact("a dump is loaded into its own store and into another one", async (datastore) => {
    const ask = asking(datastore)
    const dump = { file: join(tmpdir(), `dump-${process.pid}`), password, run: runTool }
    expect(await datastore.dump(one, dump)).toMatch(/^pg_dump \d+$/)
    await ask(one, "insert into cups values (2)")
    for (const store of [one, other]) {
      await datastore.load(store, dump)
      expect(await ask(store, "select id from cups")).toEqual([{ id: 1 }])
    }
  })

  fact("a new store is a copy of the template, and all of it is its own", async (datastore) => {
    const ask = asking(datastore)
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

  fact("a dropped store leaves neither database nor role", async (datastore) => {
    for (const letter of ["a", "b", "c"]) {
      const { storeId } = storeOf(letter)
      await datastore.drop(storeId)
      expect(await datastore.leftovers(storeId)).toEqual([])
    }
    expect(await datastore.list()).toEqual([])
  })
}
