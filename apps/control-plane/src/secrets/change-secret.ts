import { randomBytes } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import { type Permission, roleCan } from "@vibecaas/contract/permissions"
import type { Role } from "@vibecaas/contract/roles"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { lockLivingProject } from "../projects/index.ts"
import { canMake, checkValue, makeValue, wrong } from "./check-value.ts"
import { deleteSecret, findSecret, insertVersion, lockSecret, updateSecret } from "./queries.ts"
import { readValue, sealValue } from "./seal-value.ts"
import type { SecretRow } from "./secret.ts"
import type { SealParts } from "./secrets-parts.ts"
import { tellSecret, wakeApps } from "./tell-secret.ts"

export interface SecretOf {
  secretId: IdOf<"secret">
  /** of whoever asks: an organization's own secrets take more than a project's */
  role: Role
}

/** One that people made. @throws Fault `not_found` */
export async function needSecret(ctx: Ctx, id: IdOf<"secret">): Promise<SecretRow> {
  return found(await findSecret(ctx.db, id))
}

function found(row: SecretRow | undefined): SecretRow {
  if (row && row.keptBy === null) return row
  throw fault("not_found", { say: "There is no such secret." })
}

const administer: Permission = "secret:administer"

/**
 * One to be changed, locked with its project.
 *
 * @throws Fault `not_found`, `wrong_state` while its project is being deleted, `forbidden` for one of the
 * organization
 */
export async function lockToChange(ctx: Ctx, { secretId, role }: SecretOf): Promise<SecretRow> {
  const { projectId } = await needSecret(ctx, secretId)
  if (projectId !== null) await lockLivingProject(ctx, projectId)
  else if (!roleCan(role, administer)) {
    const say = `Your role here, ${role}, does not allow this: it is the organization's secret.`
    throw fault("forbidden", { say })
  }
  return found(await lockSecret(ctx.db, secretId))
}

/**
 * Gives a secret a new version. Apps that have it are started again, and its hook hears of it.
 *
 * @param set.value absent: the platform makes one
 * @throws Fault `not_found`, `wrong_state`, `forbidden`, `invalid`
 */
export async function setValue(
  ctx: Ctx,
  parts: SealParts,
  { value, ...of }: SecretOf & { value?: string },
): Promise<SecretRow> {
  const row = await lockToChange(ctx, of)
  if (value === undefined && !canMake(row.type)) {
    const say = "The platform cannot make values of this type: set a new one."
    throw fault("wrong_state", { say })
  }
  return addVersion(ctx, parts, { row, value })
}

/** The same of a row that is locked. */
export async function addVersion(
  ctx: Ctx,
  parts: SealParts,
  { row, value: given }: { row: SecretRow; value: string | undefined },
): Promise<SecretRow> {
  const { value, endsAt } = checkValue(row.type, given ?? makeValue(row.type))
  const now = ctx.clock.now()
  const number = row.current + 1
  await insertVersion(ctx.db, {
    ...{ organizationId: row.organizationId, secretId: row.id, number },
    sealed: await sealValue(ctx, parts, { secretId: row.id, number, value }),
    ...{ setByName: ctx.actor.name, setAt: now },
  })
  // What was to end was the value before; a certificate says itself when it ends.
  const over = row.expiresAt !== null && row.expiresAt <= now ? null : row.expiresAt
  const set = { current: number, expiresAt: endsAt ?? over, hookFailure: null }
  const kept = row.keptBy === null ? {} : { keptBy: row.keptBy }
  const details = { about: row.name, version: number, projectId: row.projectId, ...kept }
  const action = given === undefined ? "secret.rotate" : "secret.set"
  record(ctx, { action, subject: row.id, details })
  const changed = await write(ctx, row, set)
  await wakeApps(ctx, changed)
  if (row.hookUrl !== null) ctx.wake("secrets", row.id)
  return changed
}

export interface SecretChange {
  note?: string | undefined
  expiresAt?: string | null | undefined
  hook?: { url: string } | null | undefined
}

/**
 * Changes what is said of a secret. A hook is given a new signing key, which is answered here and nowhere else.
 *
 * @throws Fault `not_found`, `wrong_state`, `forbidden`, `version_mismatch`, `invalid` for the hook of an
 * organization's secret
 */
export async function changeSecret(
  ctx: Ctx,
  parts: SealParts,
  { ifMatch, set, ...of }: SecretOf & { ifMatch: number | undefined; set: SecretChange },
): Promise<{ row: SecretRow; hookKey: string | null }> {
  const row = await lockToChange(ctx, of)
  if (ifMatch !== undefined && ifMatch !== row.changes) throw versionMismatch("this secret")
  const { note = row.note, hook } = set
  const expiresAt = set.expiresAt === undefined ? row.expiresAt : dateOf(set.expiresAt)
  if (hook && row.projectId === null) {
    const say = "A hook goes to an allowed domain of a project: only secrets of projects have one."
    throw wrong("/hook", say)
  }
  const hookKey = hook ? `whsec_${randomBytes(32).toString("base64url")}` : null
  const written = await write(ctx, row, {
    ...{ note, expiresAt },
    ...(hook === undefined ? {} : await hookSet(ctx, parts, { row, hook, hookKey })),
  })
  const details = {
    ...{ about: row.name, projectId: row.projectId, note, expiresAt },
    ...(hook === undefined ? {} : { hook: hook?.url ?? null }),
  }
  record(ctx, { action: "secret.change", subject: row.id, details })
  return { row: written, hookKey }
}

const dateOf = (text: string | null) => (text === null ? null : new Date(text))

async function hookSet(
  ctx: Ctx,
  parts: SealParts,
  of: { row: SecretRow; hook: { url: string } | null; hookKey: string | null },
) {
  const { row, hook, hookKey } = of
  const sealed =
    hookKey === null
      ? null
      : await sealValue(ctx, parts, { secretId: row.id, number: 0, value: hookKey })
  // It hears of what comes, and not of what was there before it.
  const fresh = { hookTold: row.current, hookFailure: null }
  return { hookUrl: hook?.url ?? null, hookKey: sealed, ...fresh }
}

/**
 * Reads a value for a person, and writes down who wanted it and why.
 *
 * @throws Fault `not_found`, `seal_broken`
 */
export async function revealSecret(
  ctx: Ctx,
  parts: SealParts,
  of: { secretId: IdOf<"secret">; reason: string; version?: number | undefined },
): Promise<{ value: string; version: number }> {
  const row = await needSecret(ctx, of.secretId)
  const version = of.version ?? row.current
  const value = await readValue(ctx, parts, { secretId: row.id, number: version })
  if (value === undefined) throw fault("not_found", { say: "There is no such version any more." })
  const details = { about: row.name, version, reason: of.reason, projectId: row.projectId }
  record(ctx, { action: "secret.reveal", subject: row.id, details })
  return { value, version }
}

/** Deletes a secret with all its versions. @throws Fault `not_found`, `wrong_state`, `forbidden` */
export async function removeSecret(ctx: Ctx, of: SecretOf): Promise<void> {
  const row = await lockToChange(ctx, of)
  await wakeApps(ctx, row)
  await deleteSecret(ctx.db, row.id)
  const details = { about: row.name, environment: row.environment, projectId: row.projectId }
  record(ctx, { action: "secret.delete", subject: row.id, details })
  tellSecret(ctx, row)
}

export async function write(
  ctx: Ctx,
  row: SecretRow,
  set: Partial<Omit<SecretRow, "due" | "id" | "organizationId">>,
): Promise<SecretRow> {
  const whole = { ...set, changes: row.changes + 1, updatedAt: ctx.clock.now() }
  await updateSecret(ctx.db, row.id, whole)
  tellSecret(ctx, row)
  return { ...row, ...whole }
}
