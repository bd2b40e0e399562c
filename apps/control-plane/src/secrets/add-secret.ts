import type { IdOf } from "@vibecaas/contract/kinds"
import { secretsMax } from "@vibecaas/contract/kinds/secrets"
import type { SecretEnvironment, SecretType } from "@vibecaas/contract/secret-types"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { lockLivingProject } from "../projects/index.ts"
import { checkValue, makeValue } from "./check-value.ts"
import { insertSecret, insertVersion, listSecrets } from "./queries.ts"
import { sealValue } from "./seal-value.ts"
import type { SecretRow } from "./secret.ts"
import type { SealParts } from "./secrets-parts.ts"
import { tellSecret, wakeApps } from "./tell-secret.ts"

export interface WantedSecret {
  /** null: of the organization, beside its projects */
  projectId: IdOf<"project"> | null
  name: string
  environment: SecretEnvironment
  type: SecretType
  /** absent: the platform makes one */
  value?: string | undefined
  note: string
  expiresAt: Date | null
  /** the object of another kind that keeps it here */
  keptBy?: string
}

/**
 * Seals a value under a name; apps of its project are started again with it.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `name_taken`,
 * `quota_exceeded`, `invalid` for a value that is not of its type
 */
export async function addSecret(
  ctx: Ctx,
  parts: SealParts,
  wanted: WantedSecret,
): Promise<SecretRow> {
  if (wanted.projectId !== null) await lockLivingProject(ctx, wanted.projectId)
  if (wanted.keptBy === undefined) await needRoom(ctx, wanted.projectId, 1)
  return putSecret(ctx, parts, wanted)
}

/** The same where its project is locked and there is room. */
export async function putSecret(
  ctx: Ctx,
  parts: SealParts,
  wanted: WantedSecret,
): Promise<SecretRow> {
  const { projectId, name, environment, type, keptBy } = wanted
  const { value, endsAt } = checkValue(type, wanted.value ?? makeValue(type))
  const now = ctx.clock.now()
  const id = ctx.newId("sec")
  const row: Omit<SecretRow, "due"> = {
    ...{ id, organizationId: ctx.organizationId, projectId, name, environment, type },
    ...{ keptBy: keptBy ?? null, note: wanted.note, expiresAt: wanted.expiresAt ?? endsAt },
    ...{ current: 1, hookUrl: null, hookKey: null, hookTold: 0, hookFailure: null, changes: 1 },
    ...{ createdByName: ctx.actor.name, createdAt: now, updatedAt: now },
  }
  if (!(await insertSecret(ctx.db, row))) throw nameTaken(name, environment)
  await insertVersion(ctx.db, {
    ...{ organizationId: ctx.organizationId, secretId: id, number: 1 },
    sealed: await sealValue(ctx, parts, { secretId: id, number: 1, value }),
    ...{ setByName: ctx.actor.name, setAt: now },
  })
  const details = { about: name, environment, type, projectId, generated: !wanted.value }
  const kept = keptBy === undefined ? {} : { keptBy }
  record(ctx, { action: "secret.create", subject: id, details: { ...details, ...kept } })
  const made = { ...row, due: false }
  tellSecret(ctx, made)
  await wakeApps(ctx, made)
  return made
}

/** @throws Fault `quota_exceeded` */
export async function needRoom(
  ctx: Ctx,
  projectId: IdOf<"project"> | null,
  more: number,
): Promise<void> {
  const there = (await listSecrets(ctx.db, projectId)).length
  if (there + more <= secretsMax) return
  const of = projectId === null ? "An organization" : "A project"
  const say = `${of} can have ${secretsMax} secrets. Delete one before you add another.`
  throw fault("quota_exceeded", { say })
}

const where: Readonly<Record<SecretEnvironment, string>> = {
  every: "",
  development: " for development",
  production: " for production",
}

function nameTaken(name: string, environment: SecretEnvironment) {
  const say = `There is a secret ${name}${where[environment]} already. Give it a new version, or use another name.`
  return fault("name_taken", { say, fields: { "/name": say } })
}
