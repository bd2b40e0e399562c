import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { isFault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import {
  createKey,
  createMember,
  createOrganization,
  type SeededOrganization,
  testMasterKey,
} from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { testTurn } from "../db/testing/test-turn.ts"
import { makeTenants } from "../tenants/index.ts"
import { meter } from "../usage/index.ts"
import { createProject } from "./create-project.ts"
import { makeGit } from "./git.ts"
import { makeRepositories } from "./git-repository.ts"
import { projectLoop } from "./reconcile-project.ts"
import type { Repositories } from "./repository.ts"

let db: TestDatabase
let root: string
let repositories: Repositories
beforeAll(async () => {
  db = await testDatabase()
  root = await mkdtemp(join(tmpdir(), "goes-"))
  const { clock, newId } = db
  repositories = makeRepositories({ root, git: makeGit("git"), newId, now: () => clock.now() })
})
afterAll(async () => {
  await db.close()
  await rm(root, { recursive: true, force: true })
})

const parts = () => ({ ...db, log: silentLog, masterKey: testMasterKey, due: async () => [] })
const tenants = () => makeTenants(parts())
const act = <T>(of: SeededOrganization, action: (ctx: Ctx) => Promise<T>) =>
  db.scope({ organizationId: of.organizationId, actor: of.actor }, action)
const create = (of: SeededOrganization, name: string) =>
  act(of, (ctx) => createProject(ctx, { name, preview: "private" }))

async function turn(loop: LoopDefinition | undefined, of: SeededOrganization, id: string) {
  if (!loop) throw new Error("the kind has a loop")
  const key = { organizationId: of.organizationId, id }
  return (await loop.reconcile(await testTurn(db.adminPool, { loop: loop.name, key }))).kind
}
const organizationTurn = (of: SeededOrganization) => turn(tenants().loops[0], of, of.organizationId)
const projectTurn = (of: SeededOrganization, id: string) =>
  turn(projectLoop({ ...parts(), repositories }), of, id)

function remove(of: SeededOrganization) {
  const route = "DELETE /organizations/{organizationId}"
  return act(of, (ctx) =>
    tenants().handlers[route]({
      ...{ ctx, principal: of.owner, role: "owner", body: { name: "Halden Works" } },
      ...{ params: { organizationId: ctx.organizationId }, query: undefined, ifMatch: undefined },
    }),
  )
}

/** What stays of an organization that is gone, each with the reason. */
const stays = {
  audit_records: "who did what is never changed",
  audit_heads: "where the chain of these records ends",
  usage_events: "what was used is never changed",
  live_events: "of the last day, for pages that are open",
  hosts: "a name is never used again",
}

test("a deleted organization takes its projects along, and leaves no row but those that never change", async () => {
  const org = await createOrganization(db, { personal: false, plan: "pro" })
  const other = await createOrganization(db, { personal: false })
  const project = await create(org, "Tulips")
  const kept = await create(other, "Roses")
  await createMember(db, { ...org, role: "viewer" })
  await createKey(db, { ...org, permissions: ["project:read"] })
  await repositories.of(project.id).commit({
    ...{ parent: null, message: "1", author: "x" },
    changes: [{ path: "a", content: Buffer.from("1") }],
  })
  await act(org, (ctx) =>
    meter(ctx, { meter: "agent.microdollars", quantity: 1, sourceKey: "1", subject: "run" }),
  )
  await remove(org)
  expect(await organizationTurn(org)).toBe("working")
  await expect(create(org, "Late")).rejects.toSatisfy((error) => isFault(error, "wrong_state"))
  expect(await projectTurn(org, project.id)).toBe("done")
  expect(await repositories.list()).not.toContain(project.id)
  expect(await organizationTurn(org)).toBe("done")

  expect(await tablesWithRowsOf(org.organizationId)).toEqual(Object.keys(stays).toSorted())
  expect(await tablesWithRowsOf(other.organizationId)).toContain("organizations")
  expect(await projectTurn(other, kept.id)).toBe("done")
  const text = "select action from audit_records where organization_id = $1 order by id"
  const { rows } = await db.adminPool.query(text, [org.organizationId])
  expect(rows.map(({ action }) => action)).toEqual([
    ...["project.create", "organization.delete", "project.delete", "project.deleted"],
    "organization.deleted",
  ])
  expect(await organizationTurn(org)).toBe("done")
})

test("an organization is not erased while a loop still looks after something of it", async () => {
  const org = await createOrganization(db, { personal: false })
  await create(org, "Tulips")
  const erase = act(org, (ctx) =>
    ctx.db.query({ name: "test_erase", text: "select erase_organization()" }, []),
  )
  await expect(erase).rejects.toThrow("still has objects that are held")
})

async function tablesWithRowsOf(organizationId: string): Promise<string[]> {
  const { rows } = await db.adminPool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and (a.attname = 'organization_id' or (c.relname = 'organizations' and a.attname = 'id'))`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const column = name === "organizations" ? "id" : "organization_id"
    const text = `select 1 from ${name} where ${column} = $1 limit 1`
    if ((await db.adminPool.query(text, [organizationId])).rowCount) found.push(name)
  }
  return found.toSorted()
}
