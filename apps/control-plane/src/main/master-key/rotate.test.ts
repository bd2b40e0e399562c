import { randomBytes } from "node:crypto"
import type { Route } from "@vibecaas/contract/routes"
import { masterKey, newDataKey, open, openDataKey, seal } from "@vibecaas/kernel/seal"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createOrganization, testMasterKey } from "../../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import {
  type MatrixServer,
  matrixFixtures,
  matrixServer,
  table,
} from "../../http/testing/matrix-server.ts"
import { makeKey } from "../../keys/testing/matrix-fixtures.ts"
import { firstHashKey, readHashKey } from "./hash-key.ts"
import { assertMasterKey } from "./open-master-key.ts"
import { rotate } from "./rotate.ts"
import { sealedColumns } from "./sealed-columns.ts"
import { verify } from "./verify.ts"

let matrix: MatrixServer
beforeAll(async () => {
  matrix = await matrixServer()
  await keepSomethingOfEverything()
}, 240_000)
afterAll(() => matrix.close())

const db = (): TestDatabase => matrix.world.db
const other = masterKey(randomBytes(32))

/** Every call that writes, made once by somebody who may make all of them. */
async function keepSomethingOfEverything(): Promise<void> {
  const { owner } = matrix.world
  await db().adminPool.query("insert into platform_admins (user_id) values ($1)", [owner.userId])
  // The server hears of it a moment later.
  while ((await owner.call("GET /platform/loops")).status !== 200);
  await makeKey(matrix.world, { permissions: ["project:read"] })
  await readHashKey(db().database, testMasterKey)
  const keeps = ([name, { session }]: [string, Route]) =>
    !session && !name.startsWith("GET") && !name.startsWith("DELETE")
  for (const [name] of table.filter(keeps)) {
    await matrix.freeQuotas()
    await matrix.send(owner, name, await matrixFixtures[name](matrix.world))
  }
}

/** Columns in which something is that reads as a sealed value, in whatever it is wrapped. */
async function columnsWithSealed(): Promise<string[]> {
  const { rows } = await db().adminPool.query<{ name: string; column: string }>(`
    select c.oid::regclass::text as name, a.attname as column from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and n.nspname not in ('pg_catalog', 'information_schema')
      and a.atttypid::regtype::text in ('text', 'jsonb', 'json', 'text[]', 'bytea')`)
  const found: string[] = []
  for (const { name, column } of rows) {
    const { rowCount } = await db().adminPool.query(
      `select from ${name} where "${column}"::text ~ 'v1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]{22,}' limit 1`,
    )
    if (rowCount) found.push(`${name.replaceAll('"', "")}.${column}`)
  }
  return found.sort()
}

test("every column that has something sealed is known, and every known one has something here", async () => {
  expect(await columnsWithSealed()).toEqual(sealedColumns.map(({ column }) => column).toSorted())
})

test("all that is sealed opens with the key that sealed it, and nothing with another", async () => {
  const { broken, opened, organizations } = await verify(db().database, testMasterKey)
  expect(broken).toEqual([])
  expect(Object.keys(opened).toSorted()).toEqual(
    sealedColumns.map(({ column }) => column).toSorted(),
  )
  expect(organizations).toBeGreaterThan(0)
  const wrong = await verify(db().database, other)
  expect(wrong.opened).toEqual({})
  expect(wrong.broken.length).toBeGreaterThan(organizations)
})

test("after a rotation all of it opens with the new key alone, and API keys stay what they are", async () => {
  const parts = { database: db().database, from: testMasterKey, to: other }
  const counts = await rotate(parts)
  expect(counts["organizations.data_key"]).toBeGreaterThan(0)
  expect(counts["mails.sealed_text"]).toBeGreaterThan(0)
  expect((await verify(db().database, other)).broken).toEqual([])
  expect((await verify(db().database, testMasterKey)).opened).toEqual({})
  const hash = await readHashKey(db().database, other)
  expect(Buffer.from(hash)).toEqual(Buffer.from(firstHashKey(testMasterKey)))
  await assertMasterKey(db().database, other)
  await expect(assertMasterKey(db().database, testMasterKey)).rejects.toThrow(
    "run bin/rotate-master-key again",
  )
  // Run again, there is nothing to do; and the way back is the same way.
  expect(await rotate(parts)).toEqual({})
  await rotate({ ...parts, from: other, to: testMasterKey })
  expect((await verify(db().database, testMasterKey)).broken).toEqual([])
})

test("what was sealed when data keys had the name of the master key opens under each of them", async () => {
  const own = await testDatabase()
  const { organizationId } = await createOrganization(own)
  const wrapped = newDataKey(testMasterKey, organizationId)
  const dataKey = openDataKey(testMasterKey, organizationId, wrapped)
  const old = seal({ ...dataKey, id: testMasterKey.id }, Buffer.from("hunter2"), "c")
  expect(open(dataKey, old, "c").toString()).toBe("hunter2")
  const again = seal(
    other,
    open(testMasterKey, wrapped, `data-key:${organizationId}`),
    `data-key:${organizationId}`,
  )
  expect(open(openDataKey(other, organizationId, again), old, "c").toString()).toBe("hunter2")
  await own.close()
})

test("a value that was broken before keeps nothing else from being sealed anew, and is named", async () => {
  const own = await testDatabase()
  const [whole, broken] = [await createOrganization(own), await createOrganization(own)]
  await own.adminPool.query("update organizations set data_key = 'v1.00000000.x.y' where id = $1", [
    broken.organizationId,
  ])
  await rotate({ database: own.database, from: testMasterKey, to: other })
  const found = await verify(own.database, other)
  expect(found.broken).toEqual([`organizations.data_key ${broken.organizationId}`])
  expect(found.opened["organizations.data_key"]).toBe(1)
  expect(whole.organizationId).not.toBe(broken.organizationId)
  await own.close()
})
