import type { Me } from "@vibecaas/contract/kinds/tenants"
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
): Promise<(OrganizationRow & { role: Role | "guest" })[]> {
  const text = `
    select id, name, slug, personal, role, plan, members, wanted, disabled_reason as "disabledReason",
      version, created_at as "createdAt"
    from organizations_of($1)`
  return tx.query({ name: "tenants_organizations_of", text }, [userId])
}

/** What a person may do in projects beside their role. */
export function listGrants(
  tx: Tx,
  userId: string,
): Promise<Pick<Me["grants"][number], "organizationId" | "projectId" | "level">[]> {
  const text = `
    select organization_id as "organizationId", project_id as "projectId", level from grants_of($1)`
  return tx.query({ name: "tenants_grants_of", text }, [userId])
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
    select o.id, o.name, o.slug, o.personal_of is not null as personal, p.plan, o.wanted,
      o.disabled_reason as "disabledReason", o.version,
      (select count(*)::integer from memberships) as members, o.created_at as "createdAt"
    from organizations o join organization_plans p on p.organization_id = o.id`
  return (await tx.query<OrganizationRow>({ name: "tenants_find", text }, []))[0]
}

/** The data key of the transaction's organization, wrapped by the master key. */
export async function findDataKey(tx: Tx): Promise<string | undefined> {
  const text = `select data_key as "dataKey" from organizations`
  return (await tx.query<{ dataKey: string }>({ name: "tenants_data_key", text }, []))[0]?.dataKey
}

/** Who makes several organizations at once makes one after the other. */
export async function lockMaking(tx: Tx, userId: string): Promise<void> {
  const text = "select pg_advisory_xact_lock(hashtext('own organizations'), hashtext($1))"
  await tx.query({ name: "tenants_lock_making", text }, [userId])
}

export interface NewOrganization {
  id: string
  name: string
  slug: string
  /** whether it is its owner's personal one */
  personal: boolean
  ownerId: string
  dataKey: string
  at: Date
}

/**
 * The organization with its plan and its owner; false when the person has a personal organization
 * already, also one that another transaction has just made.
 */
export async function insertOrganization(tx: Tx, row: NewOrganization): Promise<boolean> {
  const text = `
    with made as (
      insert into organizations (id, name, slug, personal_of, data_key, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $6)
      on conflict (personal_of) do nothing returning id
    )
    select id from made`
  const personalOf = row.personal ? row.ownerId : null
  const values = [row.id, row.name, row.slug, personalOf, row.dataKey, row.at]
  const made = await tx.query({ name: "tenants_insert", text }, values)
  if (made.length === 0) return false
  const plan = "insert into organization_plans (organization_id, plan) values ($1, 'starter')"
  await tx.query({ name: "tenants_insert_plan", text: plan }, [row.id])
  const owner = "insert into memberships (organization_id, user_id, role) values ($1, $2, 'owner')"
  await tx.query({ name: "tenants_insert_owner", text: owner }, [row.id, row.ownerId])
  return true
}

/** Whether the transaction's organization is to go; locked, so that this stays so until it commits. */
export async function lockWanted(tx: Tx): Promise<OrganizationRow["wanted"] | undefined> {
  const text = "select wanted from organizations for share"
  const rows = await tx.query<Pick<OrganizationRow, "wanted">>(
    { name: "tenants_lock_wanted", text },
    [],
  )
  return rows[0]?.wanted
}

/** Whether the transaction's organization is to go, as far as one can see. */
export async function findWanted(tx: Tx): Promise<OrganizationRow["wanted"] | undefined> {
  const text = "select wanted from organizations"
  const rows = await tx.query<Pick<OrganizationRow, "wanted">>({ name: "tenants_wanted", text }, [])
  return rows[0]?.wanted
}

/** Whether administrators have shut the transaction's organization. */
export async function findClosed(tx: Tx): Promise<boolean> {
  const text = "select disabled_at is not null as closed from organizations"
  const rows = await tx.query<{ closed: boolean }>({ name: "tenants_closed", text }, [])
  return rows[0]?.closed ?? false
}

/** Writes that the organization is to go. */
export async function updateWantedGone(tx: Tx, at: Date): Promise<void> {
  const text = "update organizations set wanted = 'gone', deleted_at = $1, updated_at = $1"
  await tx.query({ name: "tenants_want_gone", text }, [at])
}

/** Removes all rows of the organization but those that nobody can change, and its own. */
export async function eraseOrganization(tx: Tx): Promise<void> {
  await tx.query({ name: "tenants_erase", text: "select erase_organization()" }, [])
}

/**
 * A person's role and who the owners are, locked in one order: of two who leave at once, or who take
 * each other's role, one waits for the other.
 */
export async function lockRole(
  tx: Tx,
  userId: string,
): Promise<{ role: Role | undefined; owners: string[] }> {
  const text = `
    select user_id as "userId", role from memberships where role = 'owner' or user_id = $1
    order by user_id for update`
  const rows = await tx.query<{ userId: string; role: Role }>({ name: "tenants_lock_role", text }, [
    userId,
  ])
  const owners = rows.filter(({ role }) => role === "owner").map((row) => row.userId)
  return { role: rows.find((row) => row.userId === userId)?.role, owners }
}

export async function deleteMembership(tx: Tx, userId: string): Promise<boolean> {
  const text = "delete from memberships where user_id = $1 returning 1"
  return (await tx.query({ name: "tenants_delete_member", text }, [userId])).length === 1
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
