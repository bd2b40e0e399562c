import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findOfProject } from "../apps/queries.ts"
import { configureApp, startApp } from "../apps/start-app.ts"
import type { Principal } from "../core/kind.ts"
import { placeOf } from "../db/named-functions.ts"
import { createMember, createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { allowHost, secretFor } from "../network/allow-host.ts"
import { listRules } from "../network/queries.ts"
import { commitFiles, createProject } from "../projects/index.ts"
import { showLimits } from "../quotas/index.ts"
import { addSecret } from "../secrets/add-secret.ts"
import { readValue } from "../secrets/seal-value.ts"
import { testVault } from "../secrets/testing/test-vault.ts"
import { checkTransfer } from "./check-transfer.ts"
import { findMove } from "./queries.ts"
import { startTransfer } from "./start-transfer.ts"
import { fillTables, tablesNaming } from "./testing/fill-tables.ts"
import { type MoveWorld, moveWorld } from "./testing/move-world.ts"

let folder: string
let world: MoveWorld
/** governs both organizations */
let mara: Principal
let there: SeededOrganization

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "transfers-"))
  world = await moveWorld(folder, async () => {
    throw new Error("nobody goes out")
  })
  there = await takers("team")
  mara = governing(there)
})
afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Another organization, whose owner is the owner of the first one, too. */
async function takers(plan: "team" | "starter"): Promise<SeededOrganization> {
  const made = await createOrganization(world.db, { plan, personal: false, name: "Takers" })
  const { userId } = world.org.owner
  await createMember(world.db, { organizationId: made.organizationId, role: "owner", userId })
  return { ...made, actor: world.org.actor }
}

const governing = ({ organizationId }: SeededOrganization): Principal => ({
  ...world.org.owner,
  memberships: [...world.org.owner.memberships, { organizationId, role: "owner" }],
})

async function project(name: string) {
  return world.act(async (ctx) => {
    const made = await createProject(ctx, { name, preview: "private" })
    const { id: commit } = await commitFiles(ctx, world.parts, {
      ...{ projectId: made.id, message: "one", parent: undefined },
      changes: [{ path: "server.js", content: "1" }],
    })
    const app = await startApp(ctx, { projectId: made.id, commit, trust: "untrusted" })
    const set = { command: null, environment: { KEY: "secret:PASSWORD" } }
    await configureApp(ctx, { appId: app.id, ifMatch: undefined, set })
    return { ...made, machineId: app.machineId }
  })
}

const ask = (of: { id: IdOf<"project">; name: string }, to = there, principal = mara) =>
  world.act((ctx) =>
    startTransfer(ctx, world.parts, {
      ...{ projectId: of.id, to: to.organizationId, name: of.name, principal },
    }),
  )

const rest = (projectId: string) =>
  world.db.adminPool.query(
    "update machines set state = 'stopped' where project_id = $1 and wanted = 'stopped'",
    [projectId],
  )

/** Every turn that a transfer takes, with its machines coming to rest between them. */
async function transfer(of: { id: IdOf<"project">; name: string }) {
  const { id } = await ask(of)
  await world.turn(id)
  await rest(of.id)
  await world.turn(id)
  await world.turn(id, { of: there })
  return id
}

const actionsOf = async ({ organizationId }: SeededOrganization, projectId: string) => {
  const text =
    "select action from audit_records where organization_id = $1 and subject = $2 order by number"
  const { rows } = await world.db.adminPool.query(text, [organizationId, projectId])
  return rows.map(({ action }) => action)
}

const usedIn = (of: SeededOrganization) =>
  world.act(async (ctx) => {
    const { quotas: limits } = await showLimits(ctx)
    return Object.fromEntries(limits.map(({ resource, used }) => [resource, used]))
  }, of)

/** What stays of a project where it was, each with the reason. */
const stays = {
  audit_records: "who did what is never changed",
  live_events: "of the last day, for pages that are open",
}

test("every row of every table changes hands, and nothing but what never changes is left behind", async () => {
  const made = await project("Tulips")
  const of = { ...world.org, projectId: made.id }
  const filled = await fillTables(world.db.adminPool, of)
  expect(filled.length).toBeGreaterThan(25)
  await world.act(async (ctx) => {
    const usual = { environment: "every", type: "text", note: "", expiresAt: null } as const
    await addSecret(ctx, world.parts, { ...usual, projectId: made.id, name: "A", value: "secret" })
  })
  const before = await usedIn(world.org)
  const id = await transfer(made)
  const moved = await world.act((ctx) => findMove(ctx.db, id), there)
  expect(moved).toMatchObject({ state: "done", failure: null })
  expect(await tablesNaming(world.db.adminPool, of)).toEqual(Object.keys(stays).toSorted())
  const ofMachine = { ...world.org, projectId: made.machineId }
  expect(Object.keys(stays)).toEqual(
    expect.arrayContaining(await tablesNaming(world.db.adminPool, ofMachine)),
  )
  // Who waited for access here is not waiting there.
  const names = filled.map((name) => name.replace("public.", ""))
  const kept = names.filter((name) => name !== "access_requests")
  const here = await tablesNaming(world.db.adminPool, { ...there, projectId: made.id })
  expect(here).toEqual(expect.arrayContaining(kept))
  expect(await placeOf(world.db.database, "project", made.id)).toMatchObject({
    organizationId: there.organizationId,
  })
  const after = await usedIn(world.org)
  expect(before.projects).toBe((after.projects ?? 0) + 1)
  expect(await usedIn(there)).toMatchObject({ projects: 1, machines: 1 })
  expect(await actionsOf(world.org, made.id)).toContain("project.given")
  expect(await actionsOf(there, made.id)).toContain("project.taken")
})

test("secrets open by the other key, what was lent ends, and the app runs again there", async () => {
  const made = await project("Roses")
  const usual = { environment: "every", type: "text", note: "", expiresAt: null } as const
  const { secret, rule } = await world.act(async (ctx) => {
    const own = { ...usual, projectId: made.id, name: "PASSWORD", value: "hunter22" }
    const secret = await addSecret(ctx, world.parts, own)
    const network = { ...world.parts, own: { domains: [], addresses: () => [] } }
    const service = { name: "mailer", header: "Authorization", value: "Bearer of news" }
    const host = { projectId: made.id, host: "mail.example.com", port: 443, reason: "", service }
    return { secret, rule: await allowHost(ctx, network, host) }
  })
  await world.db.adminPool.query(
    `insert into secret_shares (id, organization_id, secret_id, to_organization_id, shared_by_name)
     values ('shr_1', $1, $2, $1, 'Mara')`,
    [world.org.organizationId, secret.id],
  )
  await transfer(made)
  await world.act(async (ctx) => {
    const value = await readValue(ctx, world.parts, { secretId: secret.id, number: 1 })
    expect(value).toBe("hunter22")
    const [row] = await listRules(ctx.db, made.id)
    expect(row?.id).toBe(rule.id)
    expect(row && (await secretFor(ctx, testVault, row))).toBe("Bearer of news")
    expect(await findOfProject(ctx.db, made.id)).toMatchObject({ machineId: made.machineId })
  }, there)
  const shares = await world.db.adminPool.query("select 1 from secret_shares")
  expect(shares.rowCount).toBe(0)
  const text = "select wanted, organization_id from machines where id = $1"
  const { rows } = await world.db.adminPool.query(text, [made.machineId])
  expect(rows).toEqual([{ wanted: "running", organization_id: there.organizationId }])
})

test("keys of this project alone end, others forget it, and people it is shared with keep it", async () => {
  const made = await project("Irises")
  const other = await project("Stays")
  const key = (name: string, projects: string[]) =>
    world.db.adminPool.query(
      `insert into api_keys (id, organization_id, name, permissions, role, project_ids, created_by_id, created_by_name)
       values ($1, $2, $3, '{project:read}', 'owner', $4, 'user_1', 'Mara')`,
      [world.db.newId("key"), world.org.organizationId, name, projects],
    )
  await key("alone", [made.id])
  await key("both", [made.id, other.id])
  await world.db.adminPool.query(
    "insert into project_people (organization_id, project_id, user_id, level) values ($1, $2, 'user_9', 'edit')",
    [world.org.organizationId, made.id],
  )
  const check = await world.act((ctx) =>
    checkTransfer(ctx, world.parts, { projectId: made.id, to: there.organizationId }),
  )
  expect(check.loses.join(" ")).toContain("The API key alone opens this project")
  await transfer(made)
  const keys = await world.db.adminPool.query("select name, project_ids from api_keys")
  expect(keys.rows).toEqual([{ name: "both", project_ids: [other.id] }])
  const people = await world.db.adminPool.query(
    "select organization_id from project_people where user_id = 'user_9'",
  )
  expect(people.rows).toEqual([{ organization_id: there.organizationId }])
})

test("what does not fit the other plan is named line by line, and nothing is stopped", async () => {
  const small = await takers("starter")
  await world.act(async (ctx) => {
    for (let n = 0; n < 10; n++) await createProject(ctx, { name: `Own ${n}`, preview: "private" })
  }, small)
  const made = await project("Too much")
  const of = { projectId: made.id, to: small.organizationId }
  const check = await world.act((ctx) => checkTransfer(ctx, world.parts, of))
  expect(check.fits).toBe(false)
  expect(check.lines.find(({ resource }) => resource === "projects")).toMatchObject({
    ...{ needed: 1, used: 10, limit: 10, fits: false },
  })
  await expect(ask(made, small, governing(small))).rejects.toMatchObject({ code: "wrong_state" })
  expect(await world.isWanted(made.id)).toBe("running")
})

test("only who governs both may, and whoever does no more by then changes nothing", async () => {
  const made = await project("Lilies")
  const { userId, memberships } = world.org.owner
  const visitor = [
    ...memberships,
    { organizationId: there.organizationId, role: "developer" as const },
  ]
  for (const each of [memberships, visitor])
    await expect(ask(made, there, { ...world.org.owner, memberships: each })).rejects.toMatchObject(
      { code: "not_found" },
    )
  await expect(ask({ ...made, name: "Another" })).rejects.toMatchObject({ code: "invalid" })
  const { id } = await ask(made)
  await world.turn(id)
  await rest(made.id)
  const role = (name: string) =>
    world.db.adminPool.query(
      "update memberships set role = $1 where organization_id = $2 and user_id = $3",
      [name, there.organizationId, userId],
    )
  await role("viewer")
  await world.turn(id)
  await role("owner")
  const row = await world.act((ctx) => findMove(ctx.db, id))
  expect(row).toMatchObject({ state: "failed" })
  expect(row?.failure).toContain("no owner or admin of both")
  expect(await world.isWanted(made.id)).toBe("running")
  expect(await actionsOf(there, made.id)).toEqual([])
})

test("a server that died between any two transactions leaves it whole, on one side, and the next turn goes on", async () => {
  for (let diesAfter = 0; diesAfter < 8; diesAfter++) {
    const made = await project(`Crash ${diesAfter}`)
    const { id } = await ask(made)
    const both = [world.org, there]
    for (const of of both) await world.turn(id, { diesAfter, of }).catch(() => {})
    await rest(made.id)
    for (const of of both) await world.turn(id, { diesAfter, of }).catch(() => {})
    await rest(made.id)
    for (const of of [...both, ...both]) {
      await world.turn(id, { of }).catch(() => {})
      await rest(made.id)
    }
    const row = await world.act((ctx) => findMove(ctx.db, id), there)
    expect(row, `died after ${diesAfter}`).toMatchObject({ state: "done" })
    expect(await actionsOf(there, made.id)).toEqual(expect.arrayContaining(["project.taken"]))
  }
})
