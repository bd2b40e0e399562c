import type { IdOf } from "@vibecaas/contract/kinds"
import type { Permission } from "@vibecaas/contract/permissions"
import type { Role } from "@vibecaas/contract/roles"
import { and, desc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm"
import { containing } from "../db/containing.ts"
import { apiKeySecrets, apiKeys } from "../db/tables/keys.ts"
import { projects } from "../db/tables/projects.ts"
import { memberships } from "../db/tables/tenants.ts"
import type { Tx } from "../db/tenant.ts"
import type { ApiKeyRow, ApiKeySecretRow, ListedKey } from "./api-key.ts"

type KeyId = IdOf<"api_key">

/** What a secret opens, whoever it is of. */
export interface OpenedKey {
  secretId: string
  keyId: KeyId
  organizationId: IdOf<"organization">
  name: string
  role: Role
  permissions: Permission[]
  projectIds: string[] | null
  hidden: string[]
  /** administrators of the installation closed the organization */
  closed: boolean
  endsAt: Date | null
}

/** Asks the named function; any transaction may. */
export async function findOpened(tx: Tx, hash: Buffer): Promise<OpenedKey | undefined> {
  const text = `
    select secret_id as "secretId", key_id as "keyId", organization_id as "organizationId", name, role,
      permissions, project_ids as "projectIds", hidden, ends_at as "endsAt", closed
    from api_key_principal($1)`
  return (await tx.query<OpenedKey>({ name: "api_key_principal", text }, [hash]))[0]
}

/** The same for a secret that is named, and not shown. */
export async function findOpenedById(tx: Tx, secretId: string): Promise<OpenedKey | undefined> {
  const text = `
    select secret_id as "secretId", key_id as "keyId", organization_id as "organizationId", name, role,
      permissions, project_ids as "projectIds", hidden, ends_at as "endsAt", closed
    from api_key_principal_by_id($1)`
  return (await tx.query<OpenedKey>({ name: "api_key_principal_by_id", text }, [secretId]))[0]
}

export interface KeyPage {
  limit: number
  search: string | undefined
  after: { createdAt: string; id: string } | undefined
}

/** Newest first. */
export async function listKeys(tx: Tx, page: KeyPage): Promise<ListedKey[]> {
  const pattern = page.search ? containing(page.search) : undefined
  const { after } = page
  const rows = await tx.orm
    .select()
    .from(apiKeys)
    .where(
      and(
        pattern ? sql`${apiKeys.name} ilike ${pattern}` : undefined,
        after
          ? sql`(${apiKeys.createdAt}, ${apiKeys.id}) < (${after.createdAt}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(page.limit)
  return withParts(tx, rows)
}

export async function findKey(tx: Tx, id: KeyId): Promise<ApiKeyRow | undefined> {
  return (await tx.orm.select().from(apiKeys).where(eq(apiKeys.id, id)))[0]
}

/** The same, locked: two who rotate it wait for each other. */
export async function lockKey(tx: Tx, id: KeyId): Promise<ApiKeyRow | undefined> {
  return (await tx.orm.select().from(apiKeys).where(eq(apiKeys.id, id)).for("update"))[0]
}

/** One with what its list shows of it. */
export async function readKey(tx: Tx, row: ApiKeyRow): Promise<ListedKey> {
  const [listed] = await withParts(tx, [row])
  return listed as ListedKey // one for each row
}

async function withParts(tx: Tx, rows: readonly ApiKeyRow[]): Promise<ListedKey[]> {
  const secrets = await listSecrets(
    tx,
    rows.map(({ id }) => id),
  )
  const members = await memberIds(tx)
  const projectNames = await namesOf(tx, rows)
  return rows.map((row) => ({
    ...row,
    projectNames,
    secrets: secrets.filter(({ keyId }) => keyId === row.id),
    creatorLeft: !members.has(row.createdById),
  }))
}

/** The one without an end of its own first: there is always one, and it is the newest. */
async function listSecrets(tx: Tx, ids: readonly KeyId[]): Promise<ApiKeySecretRow[]> {
  if (ids.length === 0) return []
  return tx.orm
    .select()
    .from(apiKeySecrets)
    .where(inArray(apiKeySecrets.keyId, [...ids]))
    .orderBy(sql`${apiKeySecrets.endsAt} desc nulls first`)
}

async function memberIds(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.orm.select({ userId: memberships.userId }).from(memberships)
  return new Set(rows.map(({ userId }) => userId))
}

async function namesOf(tx: Tx, rows: readonly ApiKeyRow[]): Promise<Map<string, string>> {
  const found = await findProjects(
    tx,
    rows.flatMap(({ projectIds }) => projectIds ?? []),
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** Those of the organization's projects that have one of these ids. */
export async function findProjects(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return []
  return tx.orm
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(inArray(projects.id, ids as IdOf<"project">[])) // others are found by nobody
}

/** False when another key of the organization has that name. */
export async function insertKey(tx: Tx, row: ApiKeyRow): Promise<boolean> {
  const made = await tx.orm.insert(apiKeys).values(row).onConflictDoNothing().returning()
  return made.length === 1
}

export async function insertSecret(tx: Tx, row: ApiKeySecretRow): Promise<void> {
  await tx.orm.insert(apiKeySecrets).values(row)
}

/** Ends all secrets of a key but the newest at once, and that one at a moment of its own. */
export async function endSecrets(tx: Tx, keyId: KeyId, of: { now: Date; newestAt: Date }) {
  const [newest] = await listSecrets(tx, [keyId])
  if (!newest) return
  const others = and(eq(apiKeySecrets.keyId, keyId), sql`${apiKeySecrets.id} <> ${newest.id}`)
  await tx.orm.delete(apiKeySecrets).where(others)
  const keeps = of.newestAt > of.now
  const itself = eq(apiKeySecrets.id, newest.id)
  if (!keeps) await tx.orm.delete(apiKeySecrets).where(itself)
  else await tx.orm.update(apiKeySecrets).set({ endsAt: of.newestAt }).where(itself)
}

/** Its secrets go with it. */
export async function deleteKey(tx: Tx, id: KeyId): Promise<void> {
  await tx.orm.delete(apiKeys).where(eq(apiKeys.id, id))
}

/** Whether a secret of a key still opens it; any of them when none is named. */
export async function opens(
  tx: Tx,
  of: { keyId: string; secretId: string | undefined; now: Date },
): Promise<boolean> {
  const { keyId, secretId, now } = of
  const rows = await tx.orm
    .select({ id: apiKeySecrets.id })
    .from(apiKeySecrets)
    .where(
      and(
        sql`${apiKeySecrets.keyId} = ${keyId}`,
        secretId === undefined ? undefined : sql`${apiKeySecrets.id} = ${secretId}`,
        or(isNull(apiKeySecrets.endsAt), gt(apiKeySecrets.endsAt, now)),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** Writes when a key was used, unless that was less than a minute before. */
export async function writeUse(tx: Tx, id: string, use: { at: Date; unlessSince: Date }) {
  await tx.orm
    .update(apiKeys)
    .set({ lastUsedAt: use.at })
    .where(
      and(
        sql`${apiKeys.id} = ${id}`,
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, use.unlessSince)),
      ),
    )
}
