import { randomBytes } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { prepareDatabase } from "./prepare.ts"
import { prepareOlder } from "./testing/older-migrations.ts"
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
  const ofSignIn = await tablesSeenBy(a.auth)
  expect(ofSignIn).toEqual(expect.arrayContaining(["account", "session", "user"]))
  expect(ofSignIn).not.toContain("projects")
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

test("machines of an installation from before become machines and apps, with what hangs on them", async () => {
  const url = await emptyDatabase()
  await prepareOlder(url, "0012_hosts")
  const admin = new pg.Pool({ connectionString: url })
  await admin.query(`
    insert into organizations (id, name, slug, data_key) values ('org_1', 'Kept', 'kept', 'x');
    insert into projects (id, organization_id, slug, name, preview, created_by)
      values ('prj_1', 'org_1', 'a', 'A', 'public', 'Mara'), ('prj_2', 'org_1', 'b', 'B', 'public', 'Mara');
    insert into microvms (id, organization_id, project_id, cpu_count, memory_mib, disk_mib, trust, wanted, state,
        driver, reaches, app_commit_wanted, app_state, app_commit, app_port, app_log_tail)
      values ('vm_1', 'org_1', 'prj_1', 1, 384, 1024, 'untrusted', 'running', 'running', 'sandbox', '[]', 'c1',
          'running', 'c1', 3000, '[]'),
        ('vm_2', 'org_1', 'prj_2', 1, 384, 1024, 'blueprint', 'stopped', 'stopped', null, '[]', null, 'none',
          null, null, '[]');
    insert into holds (organization_id, parent_id, loop, holder_id)
      values ('org_1', 'prj_1', 'microvms', 'vm_1'), ('org_1', 'prj_2', 'microvms', 'vm_2');
    insert into signals (organization_id, parent_id, child, phase)
      values ('org_1', 'prj_1', 'microvms', 'up'), ('org_1', 'prj_2', 'microvms', 'none')`)
  await prepareDatabase(url, { passwords })
  const all = async (sql: string) => (await admin.query({ text: sql, rowMode: "array" })).rows
  expect(await all("select id, state, driver, host_id from machines order by id")).toEqual([
    ["vm_1", "running", "sandbox", null],
    ["vm_2", "stopped", null, null],
  ])
  expect(await all("select id, machine_id, state, commit, commit_wanted, port from apps")).toEqual([
    ["app_1", "vm_1", "running", "c1", "c1", 3000],
  ])
  expect(await all("select app_id, number, commit, outcome from app_releases")).toEqual([
    ["app_1", 1, "c1", "running"],
  ])
  expect(
    await all(
      "select id, project_id, loop, due from objects where noun in ('machine', 'app') order by id",
    ),
  ).toEqual([
    ["app_1", "prj_1", "apps", true],
    ["vm_1", "prj_1", "machines", true],
    ["vm_2", "prj_2", "machines", false],
  ])
  const around = "select id, project_id from objects where noun in ('organization', 'project')"
  expect(await all(`${around} order by id`)).toEqual([
    ["org_1", null],
    ["prj_1", "prj_1"],
    ["prj_2", "prj_2"],
  ])
  expect(
    await all(
      "select parent_id, loop, holder_id from holds where loop <> 'projects' order by 1, 2",
    ),
  ).toEqual([
    ["prj_1", "apps", "app_1"],
    ["prj_1", "machines", "vm_1"],
    ["prj_2", "machines", "vm_2"],
    ["vm_1", "apps", "app_1"],
  ])
  expect(await all("select parent_id, child, phase from signals order by 1, 2")).toEqual([
    ["prj_1", "apps/app_1", "up"],
    ["prj_1", "machines/vm_1", "none"],
    ["prj_2", "machines/vm_2", "none"],
  ])
  await admin.end()
})

test("limits, meters and audit records of an installation from before say machine", async () => {
  const url = await emptyDatabase()
  await prepareOlder(url, "0013_machines_and_apps")
  const admin = new pg.Pool({ connectionString: url })
  await admin.query(`
    insert into organizations (id, name, slug, data_key) values ('org_1', 'Kept', 'kept', 'x');
    insert into organization_plans (organization_id, plan) values ('org_1', 'team');
    insert into quota_reservations (organization_id, resource, subject, amount)
      values ('org_1', 'microvms', 'vm_1', 1), ('org_1', 'microvm_memory_mib', 'vm_1', 384),
        ('org_1', 'projects', 'prj_1', 1);
    insert into usage_events (id, organization_id, meter, quantity, source_key, subject, at)
      values ('use_1', 'org_1', 'microvm.seconds', 60, 'vm_1:0', 'vm_1', now());
    insert into audit_records (id, organization_id, at, action, actor_kind, actor_name, subject, details)
      values ('aud_1', 'org_1', now(), 'microvm.stop', 'user', 'Mara', 'vm_1', '{}'),
        ('aud_2', 'org_1', now(), 'project.create', 'user', 'Mara', 'prj_1', '{}')`)
  await prepareDatabase(url, { passwords })
  const all = async (sql: string) => (await admin.query({ text: sql, rowMode: "array" })).rows
  expect(await all("select resource, amount from quota_reservations order by 1")).toEqual([
    ["machine_memory_mib", "384"],
    ["machines", "1"],
    ["projects", "1"],
  ])
  expect(await all("select meter, quantity from usage_events")).toEqual([["machine.seconds", "60"]])
  expect(await all("select action from audit_records order by id")).toEqual([
    ["machine.stop"],
    ["project.create"],
  ])
  await expect(admin.query("update audit_records set action = 'x'")).rejects.toThrow("append-only")
  await admin.end()
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
