import { rm } from "node:fs/promises"
import { processesWorkingIn } from "@vibecaas/kernel/processes"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { afterAll, beforeAll, describe, expect } from "vitest"
import { datastoreFolder, password, settingsIn, storeOf } from "../testing/datastore-world.ts"
import { askAs, factOn, type PostgresHere, postgresFacts } from "./postgres.suite.ts"
import { postgresDatastore } from "./postgres.ts"
import { openPostgres, type PostgresServer } from "./postgres-server.ts"

/** Debian's server is not everywhere: without it these facts say what they would need. */
let dir = ""
let server: PostgresServer
const own = {} as PostgresHere // made before the first fact
const operators = {} as PostgresHere // as above
beforeAll(async () => {
  dir = await datastoreFolder()
  const settings = settingsIn(dir)
  own.datastore = await postgresDatastore(settings)
  own.lacks = await own.datastore.lacks()
  operators.lacks = own.lacks
  server = await openPostgres(settingsIn(`${dir}/operator`))
  if (own.lacks !== undefined) return
  await server.ensure()
  await server.sql("create role shops login createrole createdb password 'shops-password'")
  operators.datastore = await postgresDatastore(operatorSettings("relay"))
})
afterAll(async () => {
  for (const { datastore } of [own, operators]) await datastore?.close()
  await server.stop()
  await rm(dir, { recursive: true, force: true })
})

const operatorSettings = (folder: string) => {
  const url = `postgresql://shops:shops-password@127.0.0.1:${server.port()}/postgres`
  return settingsIn(`${dir}/${folder}`, { postgres: { url, refusesRole: "platform_app" } })
}

describe("a server of their own", () => {
  postgresFacts(() => own)

  factOn(() => own)("a server that was killed comes back with its data", async (datastore) => {
    const one = storeOf("d")
    const ask = (sql: string) => askAs(datastore, { store: one }, sql)
    await datastore.ensure(one, { password })
    await ask("create table cups as select 1 as id")
    for (const pid of await processesWorkingIn(`${dir}/postgres/cluster`)) signalQuietly(pid)
    expect(await datastore.state(one.storeId)).toBe("unreachable")
    await datastore.ensure(one, { password })
    expect(await ask("select id from cups")).toEqual([{ id: 1 }])
  })
})

describe("a server that the operator runs", () => {
  postgresFacts(() => operators)

  factOn(() => operators)("is refused when it is the platform's own", async () => {
    await server.sql("create role platform_app")
    await expect(postgresDatastore(operatorSettings("refused"))).rejects.toMatchObject({
      ...{ code: "invalid", say: expect.stringMatching(/the platform's own database/) },
    })
    await server.sql("drop role platform_app")
  })

  factOn(() => operators)("is refused to a role that may make no databases", async () => {
    await server.sql("alter role shops nocreatedb")
    await expect(postgresDatastore(operatorSettings("refused"))).rejects.toMatchObject({
      ...{ code: "invalid", say: expect.stringMatching(/may not make roles and databases/) },
    })
    await server.sql("alter role shops createdb")
  })

  factOn(() => operators)("is said to be away while it does not answer", async (datastore) => {
    await server.stop()
    expect(await datastore.lacks()).toMatch(/does not answer/)
    await server.ensure()
    expect(await datastore.lacks()).toBeUndefined()
  })
})
