import { createHmac, randomBytes } from "node:crypto"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { type MasterKey, masterKey, newDataKey, openDataKey, seal } from "@vibecaas/kernel/seal"
import { afterAll, beforeAll, expect, test } from "vitest"
import { keyOf } from "../../ai/keys.ts"
import { findAi } from "../../ai/queries.ts"
import type { Ctx } from "../../core/ctx.ts"
import { makeDatabase } from "../../db/database.ts"
import { makePool } from "../../db/pool.ts"
import { prepareDatabase } from "../../db/prepare.ts"
import { makeScope } from "../../db/scope.ts"
import { prepareOlder } from "../../db/testing/older-migrations.ts"
import { testMasterKey } from "../../db/testing/seed.ts"
import { testPasswords } from "../../db/testing/test-cluster.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { readHeaders } from "../../mcp/headers.ts"
import { findServer } from "../../mcp/queries.ts"
import { readKept } from "../../models/read-kept.ts"
import { secretFor } from "../../network/allow-host.ts"
import { listRules } from "../../network/queries.ts"
import { testPlatformVault, testVault } from "../../secrets/testing/test-vault.ts"
import { firstHashKey, readHashKey } from "./hash-key.ts"
import { openMasterKey } from "./open-master-key.ts"
import { rotate } from "./rotate.ts"
import { verify } from "./verify.ts"

let cluster: TestDatabase
const passwords = testPasswords
const before = "brought_before"
beforeAll(async () => {
  cluster = await testDatabase()
  await cluster.adminPool.query(`create database ${before}`)
  await prepareOlder(urlOf(before), "0065_store_release_ways")
})
afterAll(async () => {
  await cluster.adminPool.query(`drop database ${before}`)
  await cluster.close()
})

function urlOf(name: string): string {
  const url = new URL(cluster.adminUrl)
  url.pathname = name
  return url.href
}

const newId = makeNewId(systemClock)
const [org, prj, mcp, egr, vm] = [
  newId("org"),
  newId("prj"),
  newId("mcp"),
  newId("egr"),
  newId("vm"),
]
const aiSecret = randomBytes(32)
const canary = "canary-of-before-0123456789"

/** A database as the version before the vault had everything left it, sealed by `master`. */
async function older(master: MasterKey) {
  const name = `brought_${randomBytes(6).toString("hex")}`
  await cluster.adminPool.query(`create database ${name} template ${before}`)
  const url = urlOf(name)
  const admin = makePool({ url, log: silentLog, name: "test-admin", max: 2 })
  const wrapped = newDataKey(master, org)
  const key = openDataKey(master, org, wrapped)
  const text = (value: string) => Buffer.from(value)
  const headers = [
    {
      name: "Authorization",
      sealed: seal(key, text(`Bearer ${canary}`), `mcp_servers/headers/${mcp}/authorization`),
    },
    { name: "X-Team", sealed: seal(key, text("blue"), `mcp_servers/headers/${mcp}/x-team`) },
  ]
  const put = (table: string, row: Record<string, unknown>) =>
    admin.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [
      JSON.stringify(row),
    ])
  const at = "2026-01-31T12:00:00.000Z"
  const of = { organization_id: org, project_id: prj }
  const times = { created_at: at, updated_at: at }
  await admin.query(
    "insert into organizations (id, name, slug, data_key) values ($1, 'Kept', 'kept', $2)",
    [org, wrapped],
  )
  await admin.query(
    `insert into projects (id, organization_id, slug, name, preview, created_by)
     values ($1, $2, 'a', 'A', 'public', 'Mara')`,
    [prj, org],
  )
  await admin.query(
    `insert into mcp_servers (id, organization_id, project_id, name, url, headers, enabled, look_wanted, looked, version, created_by_name)
     values ($1, $2, $3, 'tickets', 'https://tools.example', $4, true, 1, 1, 1, 'Mara')`,
    [mcp, org, prj, JSON.stringify(headers)],
  )
  await put("egress_rules", {
    ...{ ...of, ...times, id: egr, host: "api.example.com", port: 443, name: "payments" },
    ...{ header: "Authorization", reason: "", allowed_by_name: "Mara", version: 1 },
    sealed_value: seal(key, text(`Basic ${canary}`), `egress_rules/${egr}/authorization`),
  })
  await put("project_ai", {
    ...{ ...of, enabled: true, sealed_secret: seal(key, aiSecret, `ai:${prj}`) },
    ...{ tokens_max: 1, cost_max: 1, changed_at: at, changed_by_name: "Mara", version: 1 },
    updated_at: at,
  })
  await put("model_providers", {
    ...{ provider: "openai", key_ends: "6789", set_at: at, set_by_id: "u", set_by_name: "Ada" },
    sealed_key: seal(master, text(`sk-${canary}`), "model_providers/sealed_key/openai"),
  })
  const name0 = "secrets of API keys"
  await put("platform_keys", {
    name: name0,
    sealed: seal(master, firstHashKey(testMasterKey), `platform_keys/${name0}`),
  })
  const urls = await prepareDatabase(url, { passwords })
  const pool = makePool({ url: urls.app, log: silentLog, name: "test", max: 2 })
  const database = makeDatabase(pool)
  const scope = makeScope({ database, clock: systemClock, newId, log: silentLog })
  const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
    scope({ organizationId: org, actor: { kind: "system", id: null, name: "test" } }, action)
  const close = async () => {
    await Promise.all([pool.end(), admin.end()])
    await cluster.adminPool.query(`drop database ${name}`)
  }
  return { admin, database, act, close }
}

type Older = Awaited<ReturnType<typeof older>>

/** What kinds read of the vault, each for what it needs it for. */
async function allRead({ database, act }: Older) {
  const kept = await database.asPlatform((tx) => readKept(tx, testPlatformVault))
  return act(async (ctx) => {
    const server = await findServer(ctx.db, mcp)
    const [rule] = await listRules(ctx.db, prj)
    const machine = { id: vm, projectId: prj }
    return {
      provider: kept.providers[0]?.key,
      headers: server && (await readHeaders(ctx, testVault, server)),
      service: rule && (await secretFor(ctx, testVault, rule)),
      app: await keyOf(ctx, { vault: testVault, machine }, await findAi(ctx.db, prj)),
    }
  })
}

const asBefore = {
  provider: `sk-${canary}`,
  headers: { Authorization: `Bearer ${canary}`, "X-Team": "blue" },
  service: `Basic ${canary}`,
  app: `vca-${createHmac("sha256", aiSecret).update(vm).digest("base64url")}`,
}

test("what kinds had sealed before is in the vault with its values, once a server has started", async () => {
  const made = await older(testMasterKey)
  const { admin, database } = made
  const { rows } = await admin.query<{ id: string; type: string }>(
    "select id, type from secrets order by name",
  )
  expect(rows).toHaveLength(4)
  for (const { id } of rows) expect(id).toMatch(/^sec_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  const brought = await verify(database, testMasterKey)
  expect(brought.opened["secret_versions.sealed"]).toBeUndefined()

  const hex = Buffer.from(testMasterKey.bytes).toString("hex")
  const { hashKey } = await openMasterKey(database, hex)
  expect(Buffer.from(hashKey)).toEqual(Buffer.from(firstHashKey(testMasterKey)))
  expect(await allRead(made)).toEqual(asBefore)
  const after = await verify(database, testMasterKey)
  expect(after.broken).toEqual([])
  expect(after.opened).toMatchObject({ "secret_versions.sealed": 4, "platform_keys.sealed": 2 })
  const tables = await admin.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  )
  for (const { name } of tables.rows) {
    const text = `select from ${name} t where to_jsonb(t)::text like '%${canary}%'`
    expect([name, (await admin.query(text)).rowCount]).toEqual([name, 0])
  }
  await made.close()
})

test("an older installation that gets another master key at once has all of it under the new one", async () => {
  const from = masterKey(randomBytes(32))
  const made = await older(from)
  await rotate({ database: made.database, from, to: testMasterKey })
  expect((await verify(made.database, testMasterKey)).broken).toEqual([])
  expect(await allRead(made)).toEqual(asBefore)
  const hash = await readHashKey(made.database, testMasterKey)
  expect(Buffer.from(hash)).toEqual(Buffer.from(firstHashKey(testMasterKey)))
  await made.close()
})
