import { me, tenantRoutes } from "@vibecaas/contract/kinds/tenants"
import { silentLog } from "@vibecaas/kernel/log"
import { openDataKey } from "@vibecaas/kernel/seal"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Principal } from "../core/kind.ts"
import { createMember, createOrganization, testMasterKey } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { ensurePersonalOrganization, makeTenants, type TenantsParts } from "./index.ts"
import { slugOf } from "./organization.ts"

let db: TestDatabase
let parts: TenantsParts
beforeAll(async () => {
  db = await testDatabase()
  parts = { ...db, log: silentLog, masterKey: testMasterKey }
})
afterAll(() => db.close())

const handlers = () => makeTenants({ ...parts, due: async () => [] }).handlers

function showMe(principal: Principal) {
  const actor = {
    kind: "user",
    id: principal.userId,
    name: "Mara",
    ip: null,
    requestId: null,
  } as const
  const none = { params: undefined, query: undefined, body: undefined, ifMatch: undefined }
  return handlers()["GET /me"]({ principal, actor, ...none })
}

function signedIn(userId: string, organizationId: string): Principal {
  return {
    userId,
    sessionId: "session_1",
    name: "Mara Halden",
    email: "mara@example.com",
    platformAdmin: false,
    personalOrganizationId: organizationId,
    memberships: [{ organizationId, role: "owner" }],
  }
}

test("a new person owns an organization with a plan, a sealed key and a record", async () => {
  const id = await ensurePersonalOrganization(parts, { id: "user_new", name: "Mara Halden" })
  const { rows } = await db.adminPool.query(
    `select o.name, o.slug, o.personal_of, o.data_key, p.plan, m.role,
       (select array_agg(action) from audit_records a where a.organization_id = o.id) as deeds
     from organizations o join organization_plans p on p.organization_id = o.id
     join memberships m on m.organization_id = o.id and m.user_id = 'user_new' where o.id = $1`,
    [id],
  )
  const { data_key, ...shown } = rows[0] ?? {}
  expect(shown).toEqual({
    name: "Personal",
    slug: `mara-halden-${id.slice(-7)}`,
    personal_of: "user_new",
    plan: "starter",
    role: "owner",
    deeds: ["organization.create"],
  })
  expect(openDataKey(testMasterKey, id, data_key).bytes).toHaveLength(32)
})

test("asking again answers the same organization", async () => {
  const person = { id: "user_again", name: "Mara" }
  const first = await ensurePersonalOrganization(parts, person)
  expect(await ensurePersonalOrganization(parts, person)).toBe(first)
})

test("ten requests at once make one organization", async () => {
  const person = { id: "user_eager", name: "Mara" }
  const ids = await Promise.all(
    Array.from({ length: 10 }, () => ensurePersonalOrganization(parts, person)),
  )
  expect(new Set(ids).size).toBe(1)
  const { rows } = await db.adminPool.query(
    "select count(*)::int as n from organizations where personal_of = 'user_eager'",
  )
  expect(rows).toEqual([{ n: 1 }])
})

test("people see themselves with every organization they belong to, and their role in each", async () => {
  const own = await ensurePersonalOrganization(parts, { id: "user_me", name: "Mara Halden" })
  const team = await createOrganization(db, { name: "Halden Works", plan: "team", personal: false })
  await createMember(db, { ...team, role: "viewer", userId: "user_me" })
  await createOrganization(db, { name: "Strangers" })
  const answer = await showMe(signedIn("user_me", own))
  expect(me.parse(answer)).toEqual(answer)
  expect(answer.organizations).toMatchObject([
    { id: own, personal: true, role: "owner", plan: "starter", version: 1 },
    {
      id: team.organizationId,
      personal: false,
      role: "viewer",
      plan: "team",
      name: "Halden Works",
    },
  ])
})

const patch = "PATCH /organizations/{organizationId}"

function rename(owner: Principal, name: string, ifMatch: number | undefined) {
  const organizationId = owner.personalOrganizationId
  const actor = { kind: "user", id: owner.userId, name: "Mara", ip: null, requestId: null } as const
  const params = tenantRoutes[patch].params.parse({ organizationId })
  return db.scope({ organizationId, actor }, (ctx) =>
    handlers()[patch]({
      ctx,
      params,
      ifMatch,
      principal: owner,
      role: "owner",
      body: { name },
      query: undefined,
    }),
  )
}

test("a rename counts the version up and is on record", async () => {
  const { owner, organizationId } = await createOrganization(db, { name: "Before" })
  expect(await rename(owner, "After", 1)).toMatchObject({
    name: "After",
    version: 2,
    role: "owner",
  })
  const { rows } = await db.adminPool.query(
    "select action, details from audit_records where organization_id = $1",
    [organizationId],
  )
  expect(rows).toEqual([
    { action: "organization.rename", details: { about: "After", from: "Before", to: "After" } },
  ])
})

test("of two renames based on one version one is told so and changes nothing", async () => {
  const { owner } = await createOrganization(db)
  const answers = await Promise.allSettled([rename(owner, "One", 1), rename(owner, "Two", 1)])
  const lost = answers.filter((answer) => answer.status === "rejected")
  expect(lost).toHaveLength(1)
  expect(lost[0]?.reason).toMatchObject({ code: "version_mismatch" })
  expect((await showMe(owner)).organizations[0]).toMatchObject({ version: 2 })
})

test("without a version the rename is made", async () => {
  const { owner } = await createOrganization(db)
  expect(await rename(owner, "Whatever it was", undefined)).toMatchObject({ version: 2 })
})

test.each([
  ["Mara Halden", "mara-halden-0000000"],
  ["Zoë  Ångström!", "zoe-angstrom-0000000"],
  ["文字", "organization-0000000"],
  ["x".repeat(80), `${"x".repeat(30)}-0000000`],
])("the slug of %s is plain", (name, slug) => {
  expect(slugOf(name, "org_00000000000000000000000000")).toBe(slug)
})
