import { randomBytes } from "node:crypto"
import type { Permission } from "@vibecaas/contract/permissions"
import type { Plan } from "@vibecaas/contract/plans"
import type { Role } from "@vibecaas/contract/roles"
import { masterKey, newDataKey } from "@vibecaas/kernel/seal"
import type { Actor } from "../../core/ctx.ts"
import type { Principal } from "../../core/kind.ts"
import type { TestDatabase } from "./test-database.ts"

/** The master key of tests. */
export const testMasterKey = masterKey(new Uint8Array(32).fill(7))

export interface SeededOrganization {
  organizationId: string
  owner: Principal
  actor: Actor
}

/** An organization with its plan and an owner, written as the superuser. */
export async function createOrganization(
  db: TestDatabase,
  options: { name?: string; plan?: Plan; personal?: boolean } = {},
): Promise<SeededOrganization> {
  const organizationId = db.newId("org")
  const userId = `user_${randomBytes(8).toString("hex")}`
  const name = options.name ?? "Halden Works"
  const slug = `o-${randomBytes(6).toString("hex")}`
  const dataKey = newDataKey(testMasterKey, organizationId)
  await db.adminPool.query(
    `insert into organizations (id, name, slug, data_key, personal_of) values ($1, $2, $3, $4, $5)`,
    [organizationId, name, slug, dataKey, options.personal === false ? null : userId],
  )
  await db.adminPool.query(
    "insert into organization_plans (organization_id, plan) values ($1, $2)",
    [organizationId, options.plan ?? "starter"],
  )
  const owner = await createMember(db, { organizationId, role: "owner", userId })
  return { organizationId, owner, actor: actorOf(owner) }
}

/** Somebody signed in with a role in the organization. */
export async function createMember(
  db: TestDatabase,
  member: { organizationId: string; role: Role; userId?: string; name?: string },
): Promise<Principal> {
  const userId = member.userId ?? `user_${randomBytes(8).toString("hex")}`
  await db.adminPool.query(
    "insert into memberships (organization_id, user_id, role) values ($1, $2, $3)",
    [member.organizationId, userId, member.role],
  )
  return {
    userId,
    sessionId: `session_${randomBytes(8).toString("hex")}`,
    name: member.name ?? "Mara Halden",
    email: `${userId}@example.com`,
    platformAdmin: false,
    personalOrganizationId: member.organizationId,
    memberships: [{ organizationId: member.organizationId, role: member.role }],
  }
}

/** An API key that opens with no secret that anybody knows; its id. */
export async function createKey(
  db: TestDatabase,
  key: { organizationId: string; permissions: readonly Permission[] },
): Promise<string> {
  const id = db.newId("key")
  await db.adminPool.query(
    `insert into api_keys (id, organization_id, name, permissions, role, created_by_id, created_by_name)
     values ($1, $2, $1, $3, 'owner', 'user_1', 'Mara')`,
    [id, key.organizationId, key.permissions],
  )
  await db.adminPool.query(
    `insert into api_key_secrets (id, organization_id, key_id, hash, ending, told_to_id)
     values ($1, $2, $3, $4, 'abcd', 'user_1')`,
    [db.newId("kse"), key.organizationId, id, randomBytes(32)],
  )
  return id
}

export function actorOf(principal: Principal): Actor {
  return { kind: "user", id: principal.userId, name: principal.name, ip: null, requestId: null }
}
