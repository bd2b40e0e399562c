import type { Backup } from "@vibecaas/contract/backups"
import type { backups } from "../../db/tables/backups.ts"
import type { AppRow } from "../app.ts"

/**
 * A backup is an app's data as they were at one moment, kept apart from its machine.
 *
 * People ask for one; the platform makes one before another version, a restore or an import changes the
 * data. Its archive is a file; the row says what it is, and whether it is whole.
 */
export type BackupRow = typeof backups.$inferSelect

/** Whether a restore was asked for and is not over. */
export const isRestoring = ({ restoreAsked, restoreDone }: AppRow): boolean =>
  restoreAsked > restoreDone

/** Whether an app needs this backup: to restore it, or to go back to it. */
export const isNeededBy = (app: AppRow | undefined, id: string): boolean =>
  app !== undefined && (app.snapshot === id || (isRestoring(app) && app.restoreFrom === id))

/** What of the quota it takes: its archive in whole MiB. */
export const mebibytesOf = (bytes: number): number => Math.ceil(bytes / 1024 ** 2)

/** How a row is shown by the API. @param app the project's live app */
export function showBackup(row: BackupRow, app: AppRow | undefined): Backup {
  const { id, organizationId, projectId, reason, note, commit } = row
  const { bytes, sha256, failure, restoreFailure } = row
  return {
    ...{ id, organizationId, projectId, reason, note, commit },
    ...{ bytes, sha256, failure, restoreFailure },
    state: row.wanted === "gone" ? "deleting" : row.state,
    restoring: app !== undefined && isRestoring(app) && app.restoreFrom === id,
    restoredAt: row.restoredAt?.toISOString() ?? null,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    keptAt: row.keptAt?.toISOString() ?? null,
  }
}
