import { backupId } from "@vibecaas/contract/backups"
import type { Ctx } from "../../core/ctx.ts"
import { record } from "../../core/record.ts"
import type { AppRow } from "../app.ts"
import { backupResource } from "./backup-resource.ts"
import { findBackup, updateBackup } from "./queries.ts"

/** Writes down what became of a restore. @param why it was taken back; null when it was not */
export async function noteRestore(ctx: Ctx, app: AppRow, why: string | null): Promise<void> {
  const id = backupId.parse(app.restoreFrom)
  const row = await findBackup(ctx.db, id)
  if (!row) return
  const at = ctx.clock.now()
  const set = why === null ? { restoredAt: at, restoreFailure: null } : { restoreFailure: why }
  await updateBackup(ctx.db, id, { ...set, updatedAt: at })
  const details = { about: await backupResource.about(ctx, row), ...(why === null ? {} : { why }) }
  record(ctx, {
    action: why === null ? "backup.restored" : "backup.not-restored",
    subject: id,
    details,
  })
  backupResource.tell(ctx, row)
}
