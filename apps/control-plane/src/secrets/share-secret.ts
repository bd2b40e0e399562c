import type { IdOf } from "@vibecaas/contract/kinds"
import { secretSharesMax } from "@vibecaas/contract/kinds/secrets"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { needLivingProject } from "../projects/index.ts"
import { lockToChange, type SecretOf, write } from "./change-secret.ts"
import { wrong } from "./check-value.ts"
import { deleteShare, insertShare, listShares, organizationExists } from "./queries.ts"
import type { SecretRow } from "./secret.ts"
import { wakeApps } from "./tell-secret.ts"

export interface ShareWith {
  projectId?: IdOf<"project"> | undefined
  organizationId?: IdOf<"organization"> | undefined
}

/**
 * Lets apps of another project, or of another organization, refer to a secret: they have its value, and
 * nobody there can read it. Sharing again what is shared changes nothing.
 *
 * @throws Fault `not_found`, `wrong_state`, `quota_exceeded`, `invalid` for its own project and for nobody
 */
export async function shareSecret(
  ctx: Ctx,
  { to, ...of }: SecretOf & { to: ShareWith },
): Promise<SecretRow> {
  const row = await lockToChange(ctx, of)
  await needTarget(ctx, row, to)
  if ((await listShares(ctx.db, [row.id])).length >= secretSharesMax) {
    const say = `A secret can have ${secretSharesMax} shares. End one before you add another.`
    throw fault("quota_exceeded", { say })
  }
  const { organizationId } = ctx
  const [toOrganizationId, toProjectId] = [
    to.organizationId ?? organizationId,
    to.projectId ?? null,
  ]
  const id = ctx.newId("shr")
  const isNew = await insertShare(ctx.db, {
    ...{ id, organizationId, secretId: row.id, toOrganizationId, toProjectId },
    ...{ sharedByName: ctx.actor.name, createdAt: ctx.clock.now() },
  })
  if (!isNew) return row
  const details = { about: row.name, projectId: row.projectId, toOrganizationId, toProjectId }
  record(ctx, { action: "secret.share", subject: row.id, details })
  await wakeApps(ctx, row)
  return write(ctx, row, {})
}

async function needTarget(ctx: Ctx, row: SecretRow, to: ShareWith): Promise<void> {
  if (to.projectId !== undefined) {
    if (to.projectId === row.projectId) throw wrong("/projectId", "It has this secret already.")
    await needLivingProject(ctx, to.projectId)
    return
  }
  const id = to.organizationId ?? ctx.organizationId
  if (id === ctx.organizationId || (await organizationExists(ctx.db, id))) return
  throw wrong("/organizationId", "There is no organization with this id.")
}

/** Ends a share; sharing that is not there is none to end. @throws Fault `not_found`, `wrong_state` */
export async function endShare(
  ctx: Ctx,
  { shareId, ...of }: SecretOf & { shareId: IdOf<"secretShare"> },
): Promise<void> {
  const row = await lockToChange(ctx, of)
  const share = (await listShares(ctx.db, [row.id])).find(({ id }) => id === shareId)
  if (!share) throw fault("not_found", { say: "There is no such share." })
  await wakeApps(ctx, row)
  await deleteShare(ctx.db, shareId)
  const { toOrganizationId, toProjectId } = share
  const details = { about: row.name, projectId: row.projectId, toOrganizationId, toProjectId }
  record(ctx, { action: "secret.unshare", subject: row.id, details })
  await write(ctx, row, {})
}
