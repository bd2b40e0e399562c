import { auditRoutes } from "@vibecaas/contract/kinds/audit"
import type { Role } from "@vibecaas/contract/roles"
import { clockAt } from "@vibecaas/kernel/clock"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { Actor } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { makeAudit } from "./index.ts"
import type { RecordFilter } from "./queries.ts"

const clock = clockAt("2026-01-31T12:00:00Z")
let db: TestDatabase
let mine: SeededOrganization
beforeAll(async () => {
  db = await testDatabase({ clock })
})
afterAll(() => db.close())
beforeEach(async () => {
  mine = await createOrganization(db)
})

type Query = { limit?: number; cursor?: string } & RecordFilter

async function read(query: Query = {}) {
  const list = makeAudit(db).handlers["GET /organizations/{organizationId}/audit"]
  const params = { organizationId: db.newId("org") }
  return db.scope(mine, (ctx) =>
    list({
      ctx,
      principal: mine.owner,
      role: "owner" satisfies Role,
      params: auditRoutes["GET /organizations/{organizationId}/audit"].params.parse(params),
      query: { limit: 50, ...query },
      body: undefined,
      ifMatch: undefined,
    }),
  )
}

const write = (action: string, actor: Actor = mine.actor) =>
  db.scope({ ...mine, actor }, async (ctx) => {
    clock.advance(1)
    record(ctx, { action, subject: "prj_1", details: { name: "Reading list" } })
  })

test("a record says who did what to what, when and from where", async () => {
  const actor: Actor = {
    kind: "user",
    id: "user_1",
    name: "Mara Halden",
    ip: "192.0.2.7",
    requestId: "req_1",
  }
  await write("project.create", actor)
  const { items } = await read()
  expect(items).toEqual([
    {
      id: expect.stringMatching(/^aud_/),
      at: "2026-01-31T12:00:00.001Z",
      action: "project.create",
      actor: { kind: "user", id: "user_1", name: "Mara Halden" },
      subject: "prj_1",
      projectId: "prj_1",
      number: 1,
      erased: false,
      ip: "192.0.2.7",
      requestId: "req_1",
      details: { name: "Reading list" },
    },
  ])
})

test("what an agent does names the person on whose behalf", async () => {
  await write("project.commit", {
    kind: "agent",
    id: "tsk_1",
    name: "Frontend agent",
    onBehalfOf: "user_1",
  })
  const { items } = await read()
  expect(items[0]?.actor).toEqual({ kind: "agent", id: "tsk_1", name: "Frontend agent" })
  expect(items[0]?.details).toEqual({ name: "Reading list", onBehalfOf: "user_1" })
})

test("nothing is recorded of what did not happen", async () => {
  const failed = db.scope(mine, async (ctx) => {
    record(ctx, { action: "project.create", subject: "prj_1", details: {} })
    throw new Error("changed my mind")
  })
  await expect(failed).rejects.toThrow()
  expect((await read()).items).toEqual([])
})

test("pages run from the newest to the oldest and end", async () => {
  for (const action of ["a", "b", "c", "d", "e"]) await write(action)
  const first = await read({ limit: 2 })
  const second = await read({ limit: 2, cursor: first.nextCursor ?? "" })
  const third = await read({ limit: 2, cursor: second.nextCursor ?? "" })
  const actions = [first, second, third].map(({ items }) => items.map(({ action }) => action))
  expect(actions).toEqual([["e", "d"], ["c", "b"], ["a"]])
  expect(third.nextCursor).toBeNull()
})

test("one action can be asked for", async () => {
  await write("project.create")
  await write("project.delete")
  const { items } = await read({ action: "project.delete" })
  expect(items.map(({ action }) => action)).toEqual(["project.delete"])
})

test("records of one person, of one kind of actor, of a project and of a time can be asked for", async () => {
  const agent: Actor = { kind: "agent", id: "tsk_1", name: "Backend", onBehalfOf: "user_1" }
  await write("project.create")
  await write("project.commit", agent)
  const noon = clock.now().toISOString()
  await db.scope(mine, async (ctx) => {
    clock.advance(1000)
    record(ctx, { action: "machine.start", subject: "prj_other", details: {} })
  })
  const actions = async (query: Query) => (await read(query)).items.map(({ action }) => action)
  expect(await actions({ by: "agent" })).toEqual(["project.commit"])
  expect(await actions({ actor: mine.owner.userId })).toEqual(["machine.start", "project.create"])
  const projectId = "prj_1" as never
  expect(await actions({ projectId })).toEqual(["project.commit", "project.create"])
  expect(await actions({ subject: "prj_1" })).toEqual(await actions({ projectId }))
  expect(await actions({ subject: "prj_2" })).toEqual([])
  expect(await actions({ from: noon })).toEqual(["machine.start", "project.commit"])
  expect(await actions({ until: noon })).toEqual(["project.create"])
})

test("a cursor of somewhere else is refused", async () => {
  await expect(read({ cursor: "bm90LW91cnM" })).rejects.toMatchObject({ code: "malformed" })
})
