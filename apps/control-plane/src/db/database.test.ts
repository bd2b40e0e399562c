import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { organizations } from "./tables/tenants.ts"
import { createOrganization } from "./testing/seed.ts"
import { type TestDatabase, testDatabase } from "./testing/test-database.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const names = { name: "test_names", text: "select name from organizations order by name" }

test("a transaction sees the rows of its organization and nothing else", async () => {
  const a = await createOrganization(db, { name: "A" })
  const b = await createOrganization(db, { name: "B" })
  const read = (id: string) => db.database.inOrganization(id, (tx) => tx.query(names, []))
  expect(await read(a.organizationId)).toEqual([{ name: "A" }])
  expect(await read(b.organizationId)).toEqual([{ name: "B" }])
})

test("without an organization tenant tables are empty, also on a connection that had one", async () => {
  await createOrganization(db)
  expect(await db.database.asPlatform((tx) => tx.query(names, []))).toEqual([])
})

test("an organization id that is not one never reaches SQL", async () => {
  const attempt = db.database.inOrganization("org_'; drop table runs; --", async () => 1)
  await expect(attempt).rejects.toThrow("not the id of an organization")
})

test("what an action threw rolls everything back", async () => {
  const { organizationId } = await createOrganization(db, { name: "Before" })
  const rename = { name: "test_rename", text: "update organizations set name = $1" }
  const attempt = db.database.inOrganization(organizationId, async (tx) => {
    await tx.query(rename, ["After"])
    throw new Error("changed my mind")
  })
  await expect(attempt).rejects.toThrow("changed my mind")
  const rows = await db.database.inOrganization(organizationId, (tx) => tx.query(names, []))
  expect(rows).toEqual([{ name: "Before" }])
})

test("a swallowed error does not pass for a commit", async () => {
  const { organizationId } = await createOrganization(db)
  const attempt = db.database.inOrganization(organizationId, async (tx) => {
    await tx.query({ name: "test_broken", text: "select 1 / 0" }, []).catch(() => {})
  })
  await expect(attempt).rejects.toThrow("its error was lost")
})

test("a transaction that has ended answers nothing more", async () => {
  const { organizationId } = await createOrganization(db)
  const kept = await db.database.inOrganization(organizationId, async (tx) => tx)
  await expect(kept.query(names, [])).rejects.toThrow("the transaction has ended")
})

test("a connection that dies in a transaction is a retryable fault, and the pool recovers", async () => {
  const { organizationId } = await createOrganization(db, { name: "Still here" })
  const failure = await db.database
    .inOrganization(organizationId, async (tx) => {
      const [me] = await tx.query<{ pid: number }>(
        { name: "test_pid", text: "select pg_backend_pid() as pid" },
        [],
      )
      await db.adminPool.query("select pg_terminate_backend($1)", [me?.pid])
      await tx.query(names, [])
    })
    .catch((error: unknown) => error)
  expect(isFault(failure, "unavailable") && failure.retryable).toBe(true)
  const rows = await db.database.inOrganization(organizationId, (tx) => tx.query(names, []))
  expect(rows).toEqual([{ name: "Still here" }])
})

test("reading sees the rows of its organization and nothing else, through both ways to ask", async () => {
  const a = await createOrganization(db, { name: "Read A" })
  const b = await createOrganization(db, { name: "Read B" })
  const asked = [a, b, a].map(({ organizationId }) =>
    db.database.readOrganization(organizationId, async (tx) => [
      await tx.query(names, []),
      await tx.orm.select({ name: organizations.name }).from(organizations),
    ]),
  )
  const [readA, readB] = [[{ name: "Read A" }], [{ name: "Read B" }]]
  expect(await Promise.all(asked)).toEqual([
    [readA, readA],
    [readB, readB],
    [readA, readA],
  ])
})

test("a connection that read for an organization knows of none afterwards, also after a failure", async () => {
  const { organizationId } = await createOrganization(db)
  const left = { name: "test_left", text: "select current_setting('app.organization', true) as id" }
  const read = (statement: typeof left) =>
    db.database.readOrganization(organizationId, (tx) => tx.query(statement, []))
  expect(await read(left)).toEqual([{ id: organizationId }])
  await expect(read({ name: "test_zero", text: "select 1 / 0" })).rejects.toThrow(
    "division by zero",
  )
  const everyConnection = Array.from({ length: db.pool.totalCount }, () =>
    db.pool.query("select current_setting('app.organization', true) as id, pg_sleep(0.05)"),
  )
  for (const { rows } of await Promise.all(everyConnection)) expect(rows[0]?.id || null).toBeNull()
  expect(await db.database.asPlatform((tx) => tx.query(names, []))).toEqual([])
})

test("whoever reads can change nothing", async () => {
  const { organizationId } = await createOrganization(db, { name: "As it was" })
  const rename = { name: "test_rename_read", text: "update organizations set name = $1" }
  const attempts = [
    db.database.readOrganization(organizationId, (tx) => tx.query(rename, ["Changed"])),
    db.database.readOrganization(organizationId, (tx) =>
      tx.orm.update(organizations).set({ name: "Changed" }),
    ),
  ]
  for (const attempt of await Promise.allSettled(attempts)) expect(attempt.status).toBe("rejected")
  const rows = await db.database.readOrganization(organizationId, (tx) => tx.query(names, []))
  expect(rows).toEqual([{ name: "As it was" }])
})

test("reading an organization id that is not one never reaches SQL", async () => {
  const attempt = db.database.readOrganization("", (tx) => tx.query(names, []))
  await expect(attempt).rejects.toThrow("not the id of an organization")
})

test("a connection that dies while reading is a retryable fault, and the pool recovers", async () => {
  const { organizationId } = await createOrganization(db, { name: "Still read" })
  const die = { name: "test_die", text: "select pg_terminate_backend(pg_backend_pid())" }
  const failure = await db.database
    .readOrganization(organizationId, (tx) => tx.query(die, []))
    .catch((error: unknown) => error)
  expect(isFault(failure, "unavailable") && failure.retryable).toBe(true)
  const rows = await db.database.readOrganization(organizationId, (tx) => tx.query(names, []))
  expect(rows).toEqual([{ name: "Still read" }])
})

test("a kept reader answers nothing more", async () => {
  const { organizationId } = await createOrganization(db)
  const kept = await db.database.readOrganization(organizationId, async (tx) => tx)
  await expect(kept.query(names, [])).rejects.toThrow("the transaction has ended")
})
