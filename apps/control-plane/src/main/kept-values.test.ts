import { afterAll, beforeAll, expect, test } from "vitest"
import { providers } from "../agents/index.ts"
import { changeAi } from "../ai/settings.ts"
import type { Ctx } from "../core/ctx.ts"
import { createOrganization, type SeededOrganization, testMasterKey } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { connectServer } from "../mcp/connect-server.ts"
import { reachTo } from "../mcp/testing/mcp-world.ts"
import { removeProvider, setProvider } from "../models/set-provider.ts"
import { allowHost } from "../network/allow-host.ts"
import { createProject } from "../projects/index.ts"
import { revealSecret } from "../secrets/change-secret.ts"
import { give } from "../secrets/given.ts"
import { maskFor } from "../secrets/mask.ts"
import { listSecrets } from "../secrets/queries.ts"
import { testPlatformVault, testVault } from "../secrets/testing/test-vault.ts"

let db: TestDatabase
let org: SeededOrganization
beforeAll(async () => {
  db = await testDatabase()
  org = await createOrganization(db, { plan: "team" })
})
afterAll(() => db.close())

const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
  db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
const canary = "canary-5d20b7e1-of-a-kind"
const parts = { masterKey: testMasterKey }

function openai() {
  const found = providers.find(({ name }) => name === "openai")
  if (!found) throw new Error("there is no OpenAI")
  return found
}

/** A project of which each kind keeps something in the vault. */
async function keepEverything() {
  const { id: projectId } = await act((ctx) =>
    createProject(ctx, { name: "Keeps", preview: "private" }),
  )
  const reach = reachTo(db, { host: "tools.example" })
  const headers = [{ name: "Authorization", value: `Bearer ${canary}` }]
  const url = "http://tools.example/mcp"
  const service = { name: "payments", header: "X-Key", value: canary }
  const host = { projectId, host: "api.example.com", port: 443, service, reason: "" }
  const own = { domains: [], addresses: () => [] }
  const models = {
    line: () => [],
    choices: () => [],
    failure: () => ({ say: "", retryable: false }),
  }
  await act(async (ctx) => {
    const server = { projectId, name: "tickets", url, headers }
    await connectServer(ctx, { vault: testVault, reach }, server)
    await allowHost(ctx, { vault: testVault, own }, host)
    const set = { projectId, set: { enabled: true }, ifMatch: undefined }
    await changeAi(ctx, { vault: testVault, models }, set)
    await setProvider(
      ctx,
      { vault: testPlatformVault, provider: openai() },
      { key: `sk-${canary}` },
    )
  })
  return projectId
}

const all = async (text: string) => (await db.adminPool.query(text)).rows

test("what kinds keep in the vault is in clear nowhere, in no list, in no app, and revealed to nobody", async () => {
  const projectId = await keepEverything()
  const kept = await all("select id, name from secrets where kept_by is not null order by name")
  expect(kept.map(({ name }) => name)).toEqual(["AI_KEY", "authorization", "x-key"])
  expect(await all("select name, number from platform_keys")).toEqual([
    { name: "model_providers/openai", number: 1 },
  ])
  const tables = await all(
    "select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace",
  )
  for (const { name } of tables) {
    const found = await all(`select from ${name} t where t::text like '%${canary}%'`)
    expect([name, found.length]).toEqual([name, 0])
  }
  await act(async (ctx) => {
    expect(await listSecrets(ctx.db, projectId)).toEqual([])
    for (const environment of ["production", "development"] as const) {
      const given = await give(ctx, parts, { projectId, environment, variables: {} })
      expect(given).toEqual({ variables: {}, uses: [] })
    }
    expect((await maskFor(ctx, parts, projectId))("x")).toBe("x")
    for (const { id } of kept) {
      const asked = revealSecret(ctx, parts, { secretId: id, reason: "to see it" })
      await expect(asked).rejects.toMatchObject({ code: "not_found" })
    }
  })
  const told = await all("select details from audit_records where action = 'secret.create'")
  expect(told).toHaveLength(3)
  for (const { details } of told) expect(details).toMatchObject({ keptBy: expect.any(String) })
})

test("the server's own role reads no sealed value but by the functions that know who may", async () => {
  for (const table of ["secret_versions", "platform_keys"]) {
    await expect(db.pool.query(`select sealed from ${table}`)).rejects.toThrow("permission denied")
  }
})

test("what is kept for a project goes with it, and a provider's key when what was set of it is removed", async () => {
  const projectId = await keepEverything()
  await db.adminPool.query("delete from projects where id = $1", [projectId])
  expect(await all(`select 1 from secrets where project_id = '${projectId}'`)).toEqual([])
  const numbers = () => all("select number from platform_keys order by number")
  expect(await numbers()).toEqual([{ number: 1 }, { number: 2 }])
  await act((ctx) => removeProvider(ctx, { vault: testPlatformVault, provider: openai() }))
  expect(await numbers()).toEqual([])
})
