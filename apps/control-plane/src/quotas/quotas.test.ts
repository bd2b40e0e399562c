import { quotaRoutes } from "@vibecaas/contract/kinds/quotas"
import { clockAt } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { meter } from "../usage/index.ts"
import { makeQuotas, release, reserve } from "./index.ts"
import { setPlan } from "./set-plan.ts"

let db: TestDatabase
let mine: SeededOrganization
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  mine = await createOrganization(db)
})

const route = "GET /organizations/{organizationId}/quotas"

function read() {
  const params = quotaRoutes[route].params.parse({ organizationId: mine.organizationId })
  const rest = { principal: mine.owner, role: "owner", query: undefined, body: undefined } as const
  const show = makeQuotas(db).handlers[route]
  return db.scope(mine, (ctx) => show({ ctx, params, ifMatch: undefined, ...rest }))
}

const take = (
  subject: string,
  amount = 1,
  resource: "projects" | "machine_memory_mib" = "projects",
) => db.scope(mine, (ctx) => reserve(ctx, resource, { subject, amount }))
const giveBack = (subject: string) => db.scope(mine, (ctx) => release(ctx, "projects", subject))
const used = async (resource = "projects") =>
  (await read()).quotas.find((quota) => quota.resource === resource)?.used

test("the limit is reached exactly, and one more is refused with both numbers", async () => {
  for (let n = 1; n <= 10; n++) await take(`prj_${n}`)
  const refusal = await take("prj_11").catch((error: unknown) => error)
  expect(isFault(refusal, "quota_exceeded") && refusal.say).toBe(
    "The starter plan allows 10 projects; 10 in use, 1 more asked for. Nothing was created. Free some, or let an administrator of this installation change the plan in Settings.",
  )
  expect(await used()).toBe(10)
})

test("what is given back can be taken again; giving back twice is harmless", async () => {
  for (let n = 1; n <= 10; n++) await take(`prj_${n}`)
  await giveBack("prj_3")
  await giveBack("prj_3")
  expect(await used()).toBe(9)
  await take("prj_11")
  expect(await used()).toBe(10)
})

test("reserving for the same subject again replaces its amount", async () => {
  await take("vm_1", 4096, "machine_memory_mib")
  await take("vm_1", 1024, "machine_memory_mib")
  expect(await used("machine_memory_mib")).toBe(1024)
})

test("what a meter counted this month is in use, and begins anew with the next", async () => {
  const month = clockAt("2026-03-31T23:00:00Z")
  const other = await testDatabase({ clock: month })
  const org = await createOrganization(other)
  const count = (quantity: number) =>
    other.scope(org, (ctx) =>
      meter(ctx, {
        meter: "agent.microdollars",
        quantity,
        sourceKey: `${quantity}`,
        subject: "run",
      }),
    )
  const spend = (amount: number) =>
    other.scope(org, (ctx) => reserve(ctx, "model_microdollars", { subject: "tsk_1", amount }))
  await count(49_000_000)
  await spend(1_000_000)
  const refusal = await spend(1_000_001).catch((error: unknown) => error)
  expect(isFault(refusal, "quota_exceeded") && refusal.say).toBe(
    "The starter plan allows $50.00 of answers of models a month; $49.00 are used or set aside. It begins anew on 1 April (UTC); until then an administrator of this installation can change the plan in Settings.",
  )
  month.advance(3_600_000)
  await spend(50_000_000)
  await other.close()
})

test("a reservation does not outlive the transaction that failed", async () => {
  const failed = db.scope(mine, async (ctx) => {
    await reserve(ctx, "projects", { subject: "prj_1", amount: 1 })
    throw new Error("changed my mind")
  })
  await expect(failed).rejects.toThrow("changed my mind")
  expect(await used()).toBe(0)
})

test("transactions that run together never pass a limit, and none is refused that would fit", async () => {
  const wishes = fc.array(fc.integer({ min: 1, max: 2500 }), { minLength: 2, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(wishes, async (amounts) => {
      mine = await createOrganization(db)
      const takeMemory = (amount: number, n: number) =>
        take(`vm_${n}`, amount, "machine_memory_mib")
      const answers = await Promise.allSettled(amounts.map(takeMemory))
      const granted = amounts.filter((_, n) => answers[n]?.status === "fulfilled")
      const refused = amounts.filter((_, n) => answers[n]?.status === "rejected")
      const sum = granted.reduce((total, amount) => total + amount, 0)
      expect(sum).toBeLessThanOrEqual(4096)
      expect(await used("machine_memory_mib")).toBe(sum)
      for (const amount of refused) expect(sum + amount).toBeGreaterThan(4096)
    }),
    { numRuns: 15 },
  )
})

test("a smaller plan keeps what there is and lets nothing more in", async () => {
  await db.scope(mine, (ctx) => setPlan(ctx, "pro"))
  for (let n = 1; n <= 11; n++) await take(`prj_${n}`)
  await db.scope(mine, (ctx) => setPlan(ctx, "starter"))
  expect((await read()).quotas[0]).toEqual({
    resource: "projects",
    name: "Projects",
    used: 11,
    limit: 10,
  })
  await expect(take("prj_12")).rejects.toMatchObject({ code: "quota_exceeded" })
})

test("a changed plan is on record, an unchanged one is not", async () => {
  await db.scope(mine, (ctx) => setPlan(ctx, "team"))
  await db.scope(mine, (ctx) => setPlan(ctx, "team"))
  const { rows } = await db.adminPool.query(
    "select details from audit_records where organization_id = $1 and action = 'plan.change'",
    [mine.organizationId],
  )
  expect(rows).toEqual([{ details: { from: "starter", to: "team" } }])
})

test("every limit of the plan is shown with what is in use", async () => {
  await take("prj_1")
  expect(await read()).toEqual({
    plan: "starter",
    quotas: [
      { resource: "projects", name: "Projects", used: 1, limit: 10 },
      { resource: "invitations", name: "Open invitations", used: 0, limit: 20 },
      { resource: "api_keys", name: "API keys", used: 0, limit: 10 },
      { resource: "starters", name: "Own starters", used: 0, limit: 10 },
      { resource: "machines", name: "Machines", used: 0, limit: 10 },
      { resource: "machine_memory_mib", name: "Memory of machines", used: 0, limit: 4096 },
      { resource: "backup_mib", name: "Backups", used: 0, limit: 1024 },
      { resource: "stores", name: "Stores", used: 0, limit: 5 },
      { resource: "store_memory_mib", name: "Memory of stores", used: 0, limit: 4096 },
      { resource: "concurrent_runs", name: "Runs at a time", used: 0, limit: 2 },
      { resource: "attached_kilobytes", name: "Attached files", used: 0, limit: 200_000 },
      {
        ...{ resource: "model_microdollars", name: "Answers of models this month" },
        ...{ used: 0, limit: 50_000_000 },
      },
      {
        ...{ resource: "model_tokens", name: "Tokens of models this month" },
        ...{ used: 0, limit: 100_000_000 },
      },
      {
        ...{ resource: "agent_milliseconds", name: "Work of agents this month" },
        ...{ used: 0, limit: 360_000_000 },
      },
    ],
    rates: [
      { resource: "requests_a_minute", name: "Requests a minute", limit: 1000 },
      { resource: "starts_a_minute", name: expect.stringContaining("Starts"), limit: 10 },
    ],
  })
})
