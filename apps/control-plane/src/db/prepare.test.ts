import { randomBytes } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { prepareDatabase } from "./prepare.ts"
import { startBareCluster, testPasswords } from "./testing/test-cluster.ts"
import { type TestDatabase, testDatabase } from "./testing/test-database.ts"

let db: TestDatabase
const made: string[] = []
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  for (const name of made) await db.adminPool.query(`drop database ${name} with (force)`)
  await db.close()
})

async function emptyDatabase(): Promise<string> {
  const name = `prepare_${randomBytes(6).toString("hex")}`
  await db.adminPool.query(`create database ${name}`)
  made.push(name)
  const url = new URL(db.adminUrl)
  url.pathname = name
  return url.href
}

const passwords = testPasswords

test("two servers that prepare one empty database at once both find it prepared", async () => {
  const url = await emptyDatabase()
  const [a, b] = await Promise.all([
    prepareDatabase(url, { passwords }),
    prepareDatabase(url, { passwords }),
  ])
  expect(a).toEqual(b)
  expect(await tablesSeenBy(a.app)).toContain("projects")
  expect(await tablesSeenBy(a.auth)).toEqual(["account", "session", "user", "verification"])
  expect(await tablesSeenBy(a.queue)).toContain("reconcile_leases")
})

test("two databases of one cluster can be prepared at once", async () => {
  const urls = await Promise.all([emptyDatabase(), emptyDatabase(), emptyDatabase()])
  const prepared = await Promise.all(urls.map((url) => prepareDatabase(url, { passwords })))
  for (const { app } of prepared) expect(await tablesSeenBy(app)).toContain("projects")
})

test("preparing again changes nothing and keeps the rows", async () => {
  const url = await emptyDatabase()
  await prepareDatabase(url, { passwords })
  const admin = new pg.Pool({ connectionString: url })
  await admin.query(
    "insert into organizations (id, name, slug, data_key) values ('org_1', 'Kept', 'kept', 'x')",
  )
  await prepareDatabase(url, { passwords })
  const { rows } = await admin.query("select name from organizations")
  await admin.end()
  expect(rows).toEqual([{ name: "Kept" }])
})

test("the queue of an installation from before goes, and what only has its name stays", async () => {
  const [ours, theirs] = await Promise.all([emptyDatabase(), emptyDatabase()])
  const schemasAfter = async (url: string, owner: string) => {
    await prepareDatabase(url, { passwords })
    const admin = new pg.Pool({ connectionString: url })
    await admin.query(`create schema bullmq authorization ${owner}`)
    await admin.query("create table bullmq.job (id text)")
    await prepareDatabase(url, { passwords })
    const { rows } = await admin.query("select 1 from pg_namespace where nspname = 'bullmq'")
    await admin.end()
    return rows.length
  }
  expect(await schemasAfter(ours, "vibecaas_owner")).toBe(0)
  expect(await schemasAfter(theirs, "current_user")).toBe(1)
})

test("an administrator who is no superuser but owns the database suffices", async () => {
  const cluster = await startBareCluster()
  const superuser = new pg.Client({ connectionString: cluster.adminUrl })
  try {
    await superuser.connect()
    await superuser.query("create role landlord login createrole password 'landlord'")
    await superuser.query("create database house owner landlord")
    const url = new URL(cluster.adminUrl)
    Object.assign(url, { username: "landlord", password: "landlord", pathname: "house" })
    const { app } = await prepareDatabase(url.href, { passwords })
    await prepareDatabase(url.href, { passwords })
    expect(await tablesSeenBy(app)).toContain("projects")
  } finally {
    await superuser.end()
    await cluster.remove()
  }
})

test("a server that does not answer is a sentence, not a stack", async () => {
  const attempt = prepareDatabase("postgres://nobody:x@127.0.0.1:1/none", { passwords })
  await expect(attempt).rejects.toMatchObject({ code: "unavailable", retryable: true })
})

async function tablesSeenBy(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = any (current_schemas(false)::regnamespace[])
      and has_table_privilege(oid, 'select') order by 1`)
  await client.end()
  return rows.map(({ name }) => name)
}
