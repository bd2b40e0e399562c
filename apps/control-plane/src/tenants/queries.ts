import type { Role } from "@vibecaas/contract/roles"
import type { Tx } from "../db/tenant.ts"
import type { OrganizationRow } from "./organization.ts"

/** Asks the named function; any transaction may. */
export async function findPersonalOrganization(
  tx: Tx,
  userId: string,
): Promise<string | undefined> {
  const text = "select personal_organization_of($1) as id"
  const [row] = await tx.query<{ id: string | null }>({ name: "tenants_personal", text }, [userId])
  return row?.id ?? undefined
}

/** The person's organizations, oldest membership first. */
export function listOrganizations(
  tx: Tx,
  userId: string,
): Promise<(OrganizationRow & { role: Role })[]> {
  const text = `
    select id, name, slug, personal, role, plan, version, created_at as "createdAt"
    from organizations_of($1)`
  return tx.query({ name: "tenants_organizations_of", text }, [userId])
}

/** Asks the named function; any transaction may. */
export async function findRole(
  tx: Tx,
  of: { userId: string; organizationId: string },
): Promise<Role | undefined> {
  const text = "select role from memberships_of($1) where organization_id = $2"
  const values = [of.userId, of.organizationId]
  return (await tx.query<{ role: Role }>({ name: "tenants_role", text }, values))[0]?.role
}

/** The transaction's organization. */
export async function findOrganization(tx: Tx): Promise<OrganizationRow | undefined> {
  const text = `
    select o.id, o.name, o.slug, o.personal_of is not null as personal, p.plan, o.version,
      o.created_at as "createdAt"
    from organizations o join organization_plans p on p.organization_id = o.id`
  return (await tx.query<OrganizationRow>({ name: "tenants_find", text }, []))[0]
}

/** The data key of the transaction's organization, wrapped by the master key. */
export async function findDataKey(tx: Tx): Promise<string | undefined> {
  const text = `select data_key as "dataKey" from organizations`
  return (await tx.query<{ dataKey: string }>({ name: "tenants_data_key", text }, []))[0]?.dataKey
}

export interface NewOrganization {
  id: string
  name: string
  slug: string
  personalOf: string
  dataKey: string
  at: Date
}

/**
 * The organization with its plan and its owner; false when the person has a personal organization
 * already, also one that another transaction has just made.
 */
export async function insertPersonalOrganization(tx: Tx, row: NewOrganization): Promise<boolean> {
  const text = `
    with made as (
      insert into organizations (id, name, slug, personal_of, data_key, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $6)
      on conflict (personal_of) do nothing returning id
    )
    select id from made`
  const values = [row.id, row.name, row.slug, row.personalOf, row.dataKey, row.at]
  const made = await tx.query({ name: "tenants_insert", text }, values)
  if (made.length === 0) return false
  const plan = "insert into organization_plans (organization_id, plan) values ($1, 'starter')"
  await tx.query({ name: "tenants_insert_plan", text: plan }, [row.id])
  const owner = "insert into memberships (organization_id, user_id, role) values ($1, $2, 'owner')"
  await tx.query({ name: "tenants_insert_owner", text: owner }, [row.id, row.personalOf])
  return true
}

/** Renames and counts the version up; false when `version` is given and not the present one. */
export async function updateName(
  tx: Tx,
  change: { name: string; version: number | undefined; at: Date },
): Promise<boolean> {
  const text = `
    update organizations set name = $1, version = version + 1, updated_at = $2
    where $3::integer is null or version = $3 returning id`
  const values = [change.name, change.at, change.version ?? null]
  return (await tx.query({ name: "tenants_rename", text }, values)).length === 1
}
