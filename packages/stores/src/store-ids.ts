import { fault } from "@vibecaas/kernel/fault"
import type { BackupRef } from "./backend.ts"

const storeId = /^sto_[0-9a-hjkmnp-tv-z]{26}$/
const backupId = /^[a-z0-9_-]{1,64}$/

/** @throws Fault `invalid`: an id becomes part of paths and names, so nothing else may stand in its place */
export function checkStoreId(id: string): string {
  if (storeId.test(id)) return id
  throw fault("invalid", { say: "That is no store's id.", note: id })
}

export function checkBackupRef(ref: BackupRef): BackupRef {
  checkStoreId(ref.storeId)
  if (backupId.test(ref.backupId)) return ref
  throw fault("invalid", { say: "That is no backup's id.", note: ref.backupId })
}
