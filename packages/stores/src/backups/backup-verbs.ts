import type { InTurn } from "@vibecaas/kernel/turns"
import type { Backup, BackupRef, StoreSeen } from "../backend.ts"
import { packBackup, type ReachableBackend, sendBackup } from "../reachable.ts"
import { type Release, releaseSchema } from "../release.ts"
import { checkBackupRef, checkStoreId } from "../store-ids.ts"
import { adoptArchive, inboxFor } from "./adopt-archive.ts"
import { backupDir, checkBackup, type Keeping, listBackups, removeBackup } from "./keep-backups.ts"

/** What a backend does by itself of what is done with backups; both run in the store's turn. */
interface Own {
  backUp(release: Release, backupId: string): Promise<Backup>
  restore(release: Release, ref: BackupRef): Promise<StoreSeen>
}

/** The verbs of backups, which are alike on every backend that keeps them on this host. */
export function backupVerbs(keeping: Keeping & { inTurn: InTurn }, own: Own) {
  const { inTurn, settings } = keeping
  const reachBackup = async (ref: BackupRef) => {
    await checkBackup(keeping, checkBackupRef(ref))
    return backupDir(settings, ref)
  }
  const inbox = {
    reachInbox: async (ref: BackupRef) => inboxFor(keeping, checkBackupRef(ref)),
    adoptBackup: async (ref: BackupRef) =>
      inTurn(ref.storeId, () => adoptArchive(keeping, checkBackupRef(ref))),
  }
  return {
    ...{ reachBackup, ...inbox },
    backup: async (release, backupId) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => own.backUp(wanted, backupId))
    },
    backups: async (storeId) => listBackups(keeping, checkStoreId(storeId)),
    restore: async (release, ref) => {
      const wanted = releaseSchema.parse(release)
      return inTurn(wanted.storeId, () => own.restore(wanted, ref))
    },
    readBackup: async (ref) => packBackup(await reachBackup(ref)),
    writeBackup: (ref, archive) => sendBackup(inbox, { ref, archive }),
    removeBackup: async (ref) => removeBackup(keeping, ref),
  } satisfies Partial<ReachableBackend>
}
