import { createHash } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import { storeBackupKeptDays } from "@vibecaas/contract/store"
import type { Backup } from "@vibecaas/stores/backend"
import { inTurn } from "../core/resource.ts"
import { deleteBackup, insertBackup, listBackups, updateBackup } from "./queries/history.ts"
import { updateStore } from "./queries/stores.ts"
import { releaseOf } from "./release-of.ts"
import type { BackupRow } from "./store.ts"
import { doneWith, type Taking, type Tried } from "./work-parts.ts"

/** kept of each store; above, the oldest that were not asked for go first */
export const backupsMax = 20

/** When a backup is forgotten that goes with no store. */
export const keptUntil = (now: Date) =>
  new Date(now.getTime() + storeBackupKeptDays * 24 * 3_600_000)

/** Backs a store up under the id that its work has: one that is whole is kept as it is. */
export async function takeBackup(taking: Taking): Promise<Tried> {
  const { parts, turn, row, work } = taking
  const reason =
    work.work !== "backup" ? "before" : work.byName === "the platform" ? "scheduled" : "asked"
  const made = await backUp(taking, { id: work.backupId, reason, byName: work.byName })
  await inTurn(parts, turn, (ctx) => updateStore(ctx.db, row.id, { backedUpAt: ctx.clock.now() }))
  return doneWith(`${made.bytes} bytes`)
}

export async function backUp(
  { parts, turn, row }: Pick<Taking, "parts" | "turn" | "row">,
  backup: { id: IdOf<"storeBackup">; reason: BackupRow["reason"]; byName: string },
): Promise<Backup> {
  const { id, reason, byName: createdByName } = backup
  const { version, engine } = row
  const release = await inTurn(parts, turn, async (ctx) => {
    const { organizationId } = ctx
    await insertBackup(ctx.db, {
      ...{ id, organizationId, storeId: row.id, storeName: row.name, reason, state: "making" },
      ...{ engine, version, createdByName, createdAt: ctx.clock.now() },
      keptUntil: reason === "final" ? keptUntil(ctx.clock.now()) : null,
    })
    return releaseOf(ctx, parts, { row, version, verbose: false })
  })
  const made = await parts.backend.backup(release, id)
  const { bytes } = made
  await inTurn(parts, turn, (ctx) =>
    updateBackup(ctx.db, id, { state: "kept", bytes, checksum: checksumOf(made) }),
  )
  await forgetOld({ parts, turn, row })
  return made
}

/** One for all files of a backup, by their names and own checksums. */
export function checksumOf({ files }: Backup): string {
  const lines = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).toSorted()
  return createHash("sha256").update(lines.join("")).digest("hex")
}

/** Backups that nobody asked for make room; a release that one was the way back to has none then. */
async function forgetOld({ parts, turn, row }: Pick<Taking, "parts" | "turn" | "row">) {
  const all = await inTurn(parts, turn, (ctx) => listBackups(ctx.db, row.id))
  const old = all
    .filter(({ reason }) => reason !== "asked" && reason !== "uploaded")
    .slice(backupsMax)
  for (const { id: backupId } of old) {
    await parts.backend.removeBackup({ storeId: row.id, backupId })
    await inTurn(parts, turn, (ctx) => deleteBackup(ctx.db, backupId))
  }
}
