import { parseWake, wakeChannel } from "@vibecaas/reconcile/wake"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createOrganization } from "./testing/seed.ts"
import { type TestDatabase, testDatabase } from "./testing/test-database.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

test("a wake is heard when, and only when, its transaction commits", async () => {
  const { organizationId, actor } = await createOrganization(db)
  const listener = new pg.Client({ connectionString: db.urls.queue })
  await listener.connect()
  const heard: unknown[] = []
  listener.on("notification", ({ payload = "" }) => heard.push(parseWake(payload)))
  await listener.query(`listen ${wakeChannel}`)

  const failed = db.scope({ organizationId, actor }, async (ctx) => {
    ctx.wake("projects", "prj_never")
    throw new Error("changed my mind")
  })
  await expect(failed).rejects.toThrow("changed my mind")
  await db.scope({ organizationId, actor }, async (ctx) => ctx.wake("projects", "prj_1"))
  // Notifications arrive before the answer to the listener's own next query.
  await listener.query("select 1")
  await listener.end()
  expect(heard).toEqual([
    { loop: "projects", key: `${organizationId}/prj_1`, xid: expect.stringMatching(/^\d+$/) },
  ])
})
