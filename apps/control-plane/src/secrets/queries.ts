import type { IdOf } from "@vibecaas/contract/kinds"
import { secretVersionsMax } from "@vibecaas/contract/kinds/secrets"
import type { SecretEnvironment, SecretType } from "@vibecaas/contract/secret-types"
import { and, asc, desc, eq, inArray, isNull, lte, sql } from "drizzle-orm"
import { apps } from "../db/tables/apps.ts"
import { projects } from "../db/tables/projects.ts"
import { secretShares, secrets, secretUses, secretVersions } from "../db/tables/secrets.ts"
import type { Tx } from "../db/tenant.ts"
import type { ListedShare, SecretRow, ShareRow, UseRow, VersionRow } from "./secret.ts"

type SecretId = IdOf<"secret">
type ProjectId = IdOf<"project">

const ofProject = (projectId: ProjectId | null) =>
  projectId === null ? isNull(secrets.projectId) : eq(secrets.projectId, projectId)

/** What people made, of a project or of the organization beside its projects, by name. */
export function listSecrets(tx: Tx, projectId: ProjectId | null): Promise<SecretRow[]> {
  return tx.orm
    .select()
    .from(secrets)
    .where(and(ofProject(projectId), isNull(secrets.keptBy)))
    .orderBy(asc(secrets.name), asc(secrets.environment))
}

export async function findSecret(tx: Tx, id: SecretId): Promise<SecretRow | undefined> {
  return (await tx.orm.select().from(secrets).where(eq(secrets.id, id)))[0]
}

/** The same, locked: of two who set a value one is the next version. */
export async function lockSecret(tx: Tx, id: SecretId): Promise<SecretRow | undefined> {
  return (await tx.orm.select().from(secrets).where(eq(secrets.id, id)).for("update"))[0]
}

/** What another kind keeps here of an object, or of one name of it, locked until the transaction ends. */
export function lockKept(tx: Tx, keptBy: string, name?: string): Promise<SecretRow[]> {
  const named = name === undefined ? undefined : eq(secrets.name, name)
  return tx.orm
    .select()
    .from(secrets)
    .where(and(eq(secrets.keptBy, keptBy), named))
    .for("update")
}

/** False when there is one of that name and environment. */
export async function insertSecret(tx: Tx, row: Omit<SecretRow, "due">): Promise<boolean> {
  const made = await tx.orm
    .insert(secrets)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: secrets.id })
  return made.length === 1
}

type Change = Partial<Omit<SecretRow, "due" | "id" | "organizationId">>

export async function updateSecret(tx: Tx, id: SecretId, set: Change): Promise<void> {
  await tx.orm.update(secrets).set(set).where(eq(secrets.id, id))
}

/** With its versions and shares. */
export async function deleteSecret(tx: Tx, id: SecretId): Promise<void> {
  await tx.orm.delete(secrets).where(eq(secrets.id, id))
}

/** Adds a version, and takes the oldest away above what is kept. */
export async function insertVersion(tx: Tx, row: VersionRow & { sealed: string }): Promise<void> {
  await tx.orm.insert(secretVersions).values(row)
  const old = lte(secretVersions.number, row.number - secretVersionsMax)
  await tx.orm.delete(secretVersions).where(and(eq(secretVersions.secretId, row.secretId), old))
}

// What is sealed is no column of theirs: the server's role may not read it.
const { organizationId, secretId, number, setByName, setAt } = secretVersions
const shown = { organizationId, secretId, number, setByName, setAt }

/** Newest first. */
export function listVersions(tx: Tx, id: SecretId): Promise<VersionRow[]> {
  return tx.orm.select(shown).from(secretVersions).where(eq(secretId, id)).orderBy(desc(number))
}

/** The versions that count. */
export function currentVersions(tx: Tx, ids: readonly SecretId[]): Promise<VersionRow[]> {
  return tx.orm
    .select(shown)
    .from(secretVersions)
    .innerJoin(secrets, and(eq(secrets.id, secretId), eq(secrets.current, number)))
    .where(inArray(secretId, [...ids]))
}

export async function findSealed(
  tx: Tx,
  of: { secretId: SecretId; number: number },
): Promise<string | undefined> {
  const text = "select secret_value($1, $2) as sealed"
  const [row] = await tx.query<{ sealed: string | null }>({ name: "secret_value", text }, [
    of.secretId,
    of.number,
  ])
  return row?.sealed ?? undefined
}

/** Which apps were last started with these secrets. */
export function listUses(tx: Tx, ids: readonly SecretId[]): Promise<UseRow[]> {
  return tx.orm
    .select({
      secretId: secretUses.secretId,
      projectId: apps.projectId,
      projectName: projects.name,
      purpose: apps.purpose,
      variable: secretUses.variable,
      version: secretUses.version,
    })
    .from(secretUses)
    .innerJoin(apps, eq(apps.id, secretUses.appId))
    .innerJoin(projects, eq(projects.id, apps.projectId))
    .where(inArray(secretUses.secretId, [...ids]))
    .orderBy(asc(projects.name), asc(apps.purpose), asc(secretUses.variable))
}

export interface Use {
  variable: string
  secretId: SecretId
  version: number
}

/** What an app is started with from now on, in place of what was written before. */
export async function putUses(tx: Tx, appId: IdOf<"app">, uses: readonly Use[]): Promise<void> {
  await tx.orm.delete(secretUses).where(eq(secretUses.appId, appId))
  if (uses.length === 0) return
  const text = `
    insert into secret_uses (organization_id, app_id, variable, secret_id, version)
    select a.organization_id, a.id, u.* from apps a,
      unnest($2::text[], $3::text[], $4::integer[]) as u where a.id = $1`
  await tx.query({ name: "secret_uses_put", text }, [
    appId,
    uses.map(({ variable }) => variable),
    uses.map((use) => use.secretId),
    uses.map(({ version }) => version),
  ])
}

export function listShares(tx: Tx, ids: readonly SecretId[]): Promise<ListedShare[]> {
  return tx.orm
    .select({
      id: secretShares.id,
      organizationId: secretShares.organizationId,
      secretId: secretShares.secretId,
      toOrganizationId: secretShares.toOrganizationId,
      toProjectId: secretShares.toProjectId,
      sharedByName: secretShares.sharedByName,
      createdAt: secretShares.createdAt,
      projectName: projects.name,
    })
    .from(secretShares)
    .leftJoin(projects, eq(projects.id, secretShares.toProjectId))
    .where(inArray(secretShares.secretId, [...ids]))
    .orderBy(asc(secretShares.id))
}

/** False when it is shared with them already. */
export async function insertShare(tx: Tx, row: ShareRow): Promise<boolean> {
  const made = await tx.orm
    .insert(secretShares)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: secretShares.id })
  return made.length === 1
}

export async function deleteShare(tx: Tx, id: IdOf<"secretShare">): Promise<void> {
  await tx.orm.delete(secretShares).where(eq(secretShares.id, id))
}

/** Whether there is such an organization; nothing else of it is told. */
export async function organizationExists(tx: Tx, id: string): Promise<boolean> {
  const text = "select 1 from place_of('organization', $1)"
  return (await tx.query({ name: "secrets_organization_exists", text }, [id])).length === 1
}

/** A secret of others in the organization that a project may refer to. */
export function listSharedWith(tx: Tx, projectId: ProjectId) {
  const mine = sql`${secretShares.toOrganizationId} = ${secrets.organizationId}
    and (${secretShares.toProjectId} = ${projectId} or ${secretShares.toProjectId} is null)`
  return tx.orm
    .selectDistinct({ row: secrets, from: projects.name })
    .from(secretShares)
    .innerJoin(secrets, eq(secrets.id, secretShares.secretId))
    .leftJoin(projects, eq(projects.id, secrets.projectId))
    .where(and(mine, sql`${secrets.projectId} is distinct from ${projectId}`))
    .orderBy(asc(secrets.name), asc(secrets.id))
}

export interface AbroadRow {
  id: SecretId
  name: string
  environment: SecretEnvironment
  type: SecretType
  expiresAt: Date | null
  organization: string
  organizationName: string
}

/** What other organizations share with this one. */
export function listFromAbroad(tx: Tx): Promise<AbroadRow[]> {
  const text = `
    select id, name, environment, type, expires_at as "expiresAt", organization,
      organization_name as "organizationName" from secrets_borrowed()`
  return tx.query<AbroadRow>({ name: "secrets_borrowed", text }, [])
}

export interface GivenRow {
  id: SecretId
  organizationId: IdOf<"organization">
  name: string
  environment: SecretEnvironment
  current: number
  source: "project" | "shared" | "abroad"
  /** slug of the organization that it is of */
  organization: string
}

/** What apps of a project may have. */
export function listGiven(tx: Tx, projectId: ProjectId): Promise<GivenRow[]> {
  const text = `
    select id, organization_id as "organizationId", name, environment, current, source, organization
    from secrets_given($1)`
  return tx.query<GivenRow>({ name: "secrets_given", text }, [projectId])
}

export interface SealedRow {
  secretId: SecretId
  organizationId: IdOf<"organization">
  number: number
  sealed: string
  dataKey: string
}

/** All versions of what apps of a project may have. */
export function listGivenValues(tx: Tx, projectId: ProjectId): Promise<SealedRow[]> {
  const text = `
    select secret_id as "secretId", organization_id as "organizationId", number, sealed,
      data_key as "dataKey" from secret_values_given($1)`
  return tx.query<SealedRow>({ name: "secret_values_given", text }, [projectId])
}
