import { eq } from "drizzle-orm"
import type { AuditRow } from "../../core/queries.ts"
import { columnsOf } from "../../db/columns-of.ts"
import { auditRecords } from "../../db/tables/audit.ts"
import { apiKeys } from "../../db/tables/keys.ts"
import type { Tx } from "../../db/tenant.ts"

/** Organizations in which something may be kept of a person. */
export async function listKnowing(tx: Tx, userId: string): Promise<string[]> {
  const text = `select organization_id as id from organizations_knowing($1)`
  const rows = await tx.query<{ id: string }>({ name: "people_knowing", text }, [userId])
  return rows.map(({ id }) => id)
}

/** Every name by which records know a person. */
export async function listNames(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    { name: "people_names", text: "select name from names_of($1)" },
    [userId],
  )
  return rows.map(({ name }) => name)
}

export async function isOnlyPlatformAdmin(tx: Tx, userId: string): Promise<boolean> {
  const text = `select is_only_platform_admin($1) as only`
  const rows = await tx.query<{ only: boolean }>({ name: "people_only_admin", text }, [userId])
  return rows[0]?.only ?? false
}

/** How many others see something of the transaction's organization: its other members, and guests. */
export async function countOthers(tx: Tx, userId: string): Promise<number> {
  const text = `
    select count(*)::integer as count from (
      select user_id from memberships union select user_id from project_people
    ) everybody where user_id <> $1`
  const rows = await tx.query<{ count: number }>({ name: "people_others", text }, [userId])
  return rows[0]?.count ?? 0
}

/** Takes a person's names out of rows of the transaction's organization. */
export async function erasePersonHere(tx: Tx, who: Erased): Promise<void> {
  const text = "select erase_person_here($1, $2)"
  await tx.query({ name: "people_erase_here", text }, [who.userId, who.names])
}

export interface Erased {
  userId: string
  /** in lower case */
  address: string
  names: readonly string[]
}

/** Takes a person out of what lies in no organization of theirs. */
export async function erasePersonBeyond(tx: Tx, { userId, address, names }: Erased): Promise<void> {
  const text = "select erase_person_beyond($1, $2, $3)"
  await tx.query({ name: "people_erase_beyond", text }, [userId, address, names])
  for (const table of ["model_providers", "model_roles"]) {
    const text = `update ${table} set set_by_name = 'Erased person' where set_by_id = $1`
    await tx.query({ name: `people_erase_${table}`, text }, [userId])
  }
}

/** What is left of a personal organization that is being torn down: nothing that says whose it was. */
export async function makeNobodys(tx: Tx): Promise<void> {
  const text = `
    update organizations set personal_of = null,
      name = case when personal_of is null then name else 'Personal' end,
      slug = case when personal_of is null then slug else 'erased-' || right(id, 12) end`
  await tx.query({ name: "people_make_nobodys", text }, [])
}

/** Records of what a person did in the transaction's organization, and of what was done to them. */
export function listOwnRecords(
  tx: Tx,
  page: { userId: string; after: string; limit: number },
): Promise<AuditRow[]> {
  const text = `
    select ${columnsOf(auditRecords)} from audit_records
    where id > $2 and (actor_id = $1 or subject = $1) order by id limit $3`
  return tx.query<AuditRow>({ name: "people_own_records", text }, [
    ...[page.userId, page.after, page.limit],
  ])
}

/** API keys of the transaction's organization that somebody made. */
export function listKeysMadeBy(tx: Tx, userId: string) {
  const { id, name, permissions, projectIds, createdAt, expiresAt, lastUsedAt } = apiKeys
  return tx.orm
    .select({ id, name, permissions, projectIds, createdAt, expiresAt, lastUsedAt })
    .from(apiKeys)
    .where(eq(apiKeys.createdById, userId))
}
