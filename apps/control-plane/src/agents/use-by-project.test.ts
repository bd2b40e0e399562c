import { clockAt } from "@vibecaas/kernel/clock"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { createProject } from "../projects/index.ts"
import { meter } from "../usage/index.ts"
import { projectMonth } from "./project-month.ts"
import { useByProject } from "./use-by-project.ts"

const clock = clockAt("2026-01-31T12:00:00Z")
let db: TestDatabase
let org: SeededOrganization
beforeAll(async () => {
  db = await testDatabase({ clock })
  org = await createOrganization(db, { plan: "pro" })
})
afterAll(() => db.close())

const act = <T>(action: (ctx: Ctx) => Promise<T>, who = org) => db.scope(who, action)
const create = (name: string) => act((ctx) => createProject(ctx, { name, preview: "private" }))

/** A machine of a project that ran for so long. */
async function runs(projectId: string, seconds: number) {
  const subject = db.newId("vm")
  await db.adminPool.query(
    `insert into machines (id, organization_id, project_id, cpu_count, memory_mib, disk_mib, trust,
       wanted, state, reaches, created_at, updated_at)
     values ($1, $2, $3, 1, 256, 256, 'untrusted', 'stopped', 'stopped', '[]', now(), now())`,
    [subject, org.organizationId, projectId],
  )
  const ran = { meter: "machine.seconds", quantity: seconds, subject } as const
  await act((ctx) => meter(ctx, { ...ran, sourceKey: `${subject} ${seconds}` }))
}

test("each project's month is told with its price, the dearest first, without what somebody does not see", async () => {
  const [cheap, dear, hidden, unused] = await Promise.all(
    ["Cheap", "Dear", "Hidden", "Unused"].map(create),
  )
  if (!cheap || !dear || !hidden || !unused) throw new Error("four were made")
  await runs(cheap.id, 90)
  const use = (projectId: typeof dear.id, tokens: number, cost: number) =>
    act((ctx) => projectMonth.add(ctx, projectId, { tokens, cost }))
  await use(dear.id, 1000, 20_000)
  await use(dear.id, 500, 10_000)
  await use(hidden.id, 9, 90_000)
  const told = (month?: string, who = org) =>
    act((ctx) => useByProject(ctx, { month, hidden: [hidden.id] }), who)
  const nothing = { machineSeconds: 0, agentSeconds: 0, tokens: 0, cents: 0 }
  expect(await told()).toEqual({
    from: "2026-01-01T00:00:00.000Z",
    to: "2026-02-01T00:00:00.000Z",
    items: [
      { ...nothing, projectId: dear.id, name: "Dear", tokens: 1500, cents: 3 },
      { ...nothing, projectId: cheap.id, name: "Cheap", machineSeconds: 90 },
    ],
  })
  expect((await told("2025-12")).items).toEqual([])
  expect((await told("2026-01", await createOrganization(db))).items).toEqual([])
})
