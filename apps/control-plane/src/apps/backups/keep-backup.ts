import { type BackupReason, backupsByItselfMax } from "@vibecaas/contract/backups"
import type { IdOf } from "@vibecaas/contract/kinds"
import { invariant, isFault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import { placeHold } from "../../core/holds.ts"
import { record } from "../../core/record.ts"
import { release, reserve } from "../../quotas/index.ts"
import { meter } from "../../usage/index.ts"
import type { AppRow } from "../app.ts"
import { findOfProject } from "../queries.ts"
import type { Written } from "../snapshots.ts"
import { type BackupRow, isNeededBy, mebibytesOf } from "./backup.ts"
import { backupResource } from "./backup-resource.ts"
import { insertBackup, listPresent, updateBackup } from "./queries.ts"

type ByItself = Exclude<BackupReason, "asked">

/** Writes that the platform has made a backup before something else, whose archive is there. */
export async function addMade(
  ctx: Ctx,
  app: Pick<AppRow, "organizationId" | "projectId" | "commit">,
  made: Written & { id: IdOf<"backup">; reason: ByItself },
): Promise<void> {
  const { organizationId, projectId, commit } = app
  const at = ctx.clock.now()
  const row = await insertBackup(ctx.db, {
    ...{ organizationId, projectId, commit, ...made },
    ...{ state: "kept", createdByName: ctx.actor.name, createdAt: at, keptAt: at, updatedAt: at },
  })
  invariant(row, "an inserted backup is answered")
  await holdProject(ctx, row)
  await account(ctx, row, made)
}

export function holdProject(ctx: Ctx, { id, projectId }: BackupRow): Promise<void> {
  return placeHold(ctx, { on: { loop: "projects", id: projectId }, by: { loop: "backups", id } })
}

/**
 * Counts an archive that is there now, and lets go of the oldest that the platform made by itself: those
 * beyond their number, and those whose place is needed.
 *
 * @throws Fault `quota_exceeded` for one that was asked for; what a change goes back to is always kept
 */
export async function account(
  ctx: Ctx,
  row: BackupRow,
  { bytes }: Pick<Written, "bytes">,
): Promise<void> {
  const app = await findOfProject(ctx.db, row.projectId)
  const old = (await listPresent(ctx.db, row.projectId)).filter(
    (one) =>
      one.reason !== "asked" &&
      one.state === "kept" &&
      one.id !== row.id &&
      !isNeededBy(app, one.id),
  )
  const room = backupsByItselfMax - (row.reason === "asked" ? 0 : 1)
  for (const one of old.splice(room)) await letGo(ctx, one)
  const subject = row.id
  const wanted = { subject, amount: mebibytesOf(bytes) }
  while (!(await fits(ctx, wanted))) {
    const oldest = old.pop()
    if (oldest) await letGo(ctx, oldest)
    else if (row.reason !== "asked") break
    else await reserve(ctx, "backup_mib", wanted)
  }
  await meter(ctx, { meter: "backup.bytes", quantity: bytes, sourceKey: row.id, subject })
  const details = { about: await backupResource.about(ctx, row), reason: row.reason, bytes }
  record(ctx, { action: "backup.keep", subject, details })
  backupResource.tell(ctx, row)
}

async function fits(ctx: Ctx, wanted: { subject: string; amount: number }): Promise<boolean> {
  try {
    await reserve(ctx, "backup_mib", wanted)
    return true
  } catch (error) {
    if (isFault(error, "quota_exceeded")) return false
    throw error
  }
}

/** Asks for a backup to be gone; what it took of the quota is free at once. */
export async function letGo(ctx: Ctx, row: BackupRow): Promise<void> {
  await updateBackup(ctx.db, row.id, { wanted: "gone", updatedAt: ctx.clock.now() })
  await release(ctx, "backup_mib", row.id)
  backupResource.tell(ctx, row)
  ctx.wake("backups", row.id)
}
