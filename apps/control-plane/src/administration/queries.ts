import { containing } from "../db/containing.ts"
import type { Tx } from "../db/tenant.ts"
import type { Look, OrganizationRow, PersonRow, PersonWithOrganizations } from "./person.ts"

/** Each asks a named function, which tells nobody but administrators. */

export interface Page {
  /** who asks */
  admin: string
  search: string | undefined
  before: { at: string; id: string } | undefined
  limit: number
}

const patternOf = ({ search }: Pick<Page, "search">) => (search ? containing(search) : null)

const personColumns = `id, name, email, created_at as "createdAt", seen_at as "seenAt", sessions,
  organizations, platform_admin as "platformAdmin", disabled_at as "disabledAt",
  disabled_by as "disabledBy", disabled_reason as "disabledReason"`

/** Newest first. */
export function listPeople(tx: Tx, page: Page): Promise<PersonRow[]> {
  const text = `select ${personColumns} from platform_people($1, $2, $3, $4, $5)`
  const { admin, before, limit } = page
  const values = [admin, patternOf(page), before?.at ?? null, before?.id ?? null, limit]
  return tx.query<PersonRow>({ name: "administration_people", text }, values)
}

export async function findPerson(
  tx: Tx,
  admin: string,
  id: string,
): Promise<PersonWithOrganizations | undefined> {
  const text = `select ${personColumns}, member_of as "memberOf" from platform_person($1, $2)`
  const named = { name: "administration_person", text }
  return (await tx.query<PersonWithOrganizations>(named, [admin, id]))[0]
}

const organizationColumns = `id, name, slug, personal, plan, owners, members, projects, wanted,
  created_at as "createdAt", disabled_at as "disabledAt", disabled_by as "disabledBy",
  disabled_reason as "disabledReason"`

/** Newest first. */
export function listOrganizations(tx: Tx, page: Page): Promise<OrganizationRow[]> {
  const text = `select ${organizationColumns} from platform_organizations($1, null, $2, $3, $4, $5)`
  const { admin, before, limit } = page
  const values = [admin, patternOf(page), before?.at ?? null, before?.id ?? null, limit]
  return tx.query<OrganizationRow>({ name: "administration_organizations", text }, values)
}

export async function findOrganization(
  tx: Tx,
  admin: string,
  id: string,
): Promise<OrganizationRow | undefined> {
  const text = `
    select ${organizationColumns} from platform_organizations($1, $2, null, null, null, 1)`
  const named = { name: "administration_organization", text }
  return (await tx.query<OrganizationRow>(named, [admin, id]))[0]
}

/** False when they are shut out already. */
export async function disablePerson(
  tx: Tx,
  of: { admin: { id: string; name: string }; id: string; reason: string; at: Date },
): Promise<boolean> {
  const text = "select disable_person($1, $2, $3, $4, $5) as done"
  const values = [of.admin.id, of.id, of.reason, of.admin.name, of.at]
  return isDone(await tx.query({ name: "administration_disable", text }, values))
}

/** False when they were not shut out. */
export async function enablePerson(tx: Tx, admin: string, id: string): Promise<boolean> {
  const text = "select enable_person($1, $2) as done"
  return isDone(await tx.query({ name: "administration_enable", text }, [admin, id]))
}

export interface NewLook {
  admin: { id: string; name: string; sessionId: string }
  /** the sign-in that becomes a look */
  sessionId: string
  personId: string
  reason: string
  endsAt: Date
}

/** False when it is not to be. */
export async function beginLook(tx: Tx, look: NewLook): Promise<boolean> {
  const text = "select begin_impersonation($1, $2, $3, $4, $5, $6, $7) as done"
  const { id, name, sessionId } = look.admin
  const values = [id, sessionId, name, look.sessionId, look.personId, look.reason, look.endsAt]
  return isDone(await tx.query({ name: "administration_begin_look", text }, values))
}

/** The sign-in to go back to; undefined when it is over. */
export async function findWayBack(
  tx: Tx,
  sessionId: string,
): Promise<{ token: string; expiresAt: Date } | undefined> {
  const text = `select token, expires_at as "expiresAt" from impersonator_of($1)`
  const named = { name: "administration_way_back", text }
  return (await tx.query<{ token: string; expiresAt: Date }>(named, [sessionId]))[0]
}

export function listLooks(tx: Tx, personId: string): Promise<Look[]> {
  const text = `
    select session_id as "sessionId", admin_name as "adminName", reason from impersonations_of($1)`
  return tx.query<Look>({ name: "administration_looks", text }, [personId])
}

/** Closes the transaction's organization, or opens it again; false when it is so already. */
export async function updateDisabled(
  tx: Tx,
  set: { at: Date; reason: string; byName: string } | null,
): Promise<boolean> {
  const text = `
    update organizations set disabled_at = $1, disabled_reason = $2, disabled_by_name = $3
    where (disabled_at is null) = ($1::timestamptz is not null) returning id`
  const values = [set?.at ?? null, set?.reason ?? null, set?.byName ?? null]
  return (await tx.query({ name: "administration_close", text }, values)).length === 1
}

/** Members of the transaction's organization, owners first. */
export function listMembers(
  tx: Tx,
): Promise<
  { id: string; name: string; email: string; role: "owner" | "admin" | "developer" | "viewer" }[]
> {
  const text = `
    select user_id as id, name, email, role from members_here()
    order by array_position(array['owner', 'admin', 'developer', 'viewer'], role), lower(name), user_id`
  return tx.query({ name: "administration_members", text }, [])
}

const isDone = (rows: { done?: boolean }[]) => rows[0]?.done === true
