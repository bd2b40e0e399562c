import { Readable } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { storeUploadsMax } from "@vibecaas/contract/store"
import { fault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import type { Ctx } from "../core/ctx.ts"
import type { FileContent } from "../core/kind.ts"
import { record } from "../core/record.ts"
import { actAsPlatform } from "../core/resource.ts"
import { needLivingOrganization } from "../tenants/index.ts"
import { checksumOf, keptUntil } from "./backup-store.ts"
import { wrong } from "./catalog.ts"
import { needStore } from "./need-store.ts"
import { countUploads, deleteBackup, findBackup, insertBackup } from "./queries/history.ts"
import { expiredBackups } from "./queries/platform.ts"
import { isBackupInUse } from "./queries/works.ts"
import type { BackupRow, StoreId, StoreRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

type BackupId = IdOf<"storeBackup">

/**
 * A backup as one archive, packed as it is taken; that somebody has it is in the audit.
 *
 * @throws Fault `not_found`, `wrong_state` unless it is whole, `unavailable`
 */
export async function downloadBackup(
  ctx: Ctx,
  { backend }: Pick<StoresParts, "backend">,
  id: BackupId,
): Promise<FileContent> {
  const row = await needBackup(ctx, id)
  if (row.state !== "kept")
    throw fault("wrong_state", { say: "This backup is not whole, so it cannot be downloaded." })
  record(ctx, { action: "store.download", subject: row.storeId, details: about(row) })
  const pieces = await backend.readBackup({ storeId: row.storeId, backupId: id })
  const minute = row.createdAt.toISOString().slice(0, 16).replace(":", "")
  return { name: `${row.storeName || row.engine} ${minute}.tar`, pieces }
}

const about = ({ id, storeName, engine, version }: BackupRow) => ({
  ...{ about: storeName, backup: id, engine, version },
})

/**
 * Takes an archive in that was downloaded here or elsewhere. What it holds is checked before anything of it is
 * kept; whoever restores it has it run behind the store's own wall.
 *
 * @throws Fault `not_found`, `invalid` when it is damaged or of another engine, `quota_exceeded`
 */
export async function uploadBackup(
  ctx: Ctx,
  parts: StoresParts,
  given: { storeId: StoreId | undefined; bytes: Uint8Array },
): Promise<BackupRow> {
  await needLivingOrganization(ctx)
  const store = given.storeId && (await needStore(ctx, given.storeId))
  await needRoom(ctx)
  const ref = { storeId: store?.id ?? ctx.newId("sto"), backupId: ctx.newId("sbk") }
  const made = await parts.backend.writeBackup(ref, Readable.from([given.bytes]))
  try {
    if (store) refuseForeign(store, made.engine)
    const { engine, version, bytes } = made
    const now = ctx.clock.now()
    await insertBackup(ctx.db, {
      ...{ id: ref.backupId, organizationId: ctx.organizationId, storeId: ref.storeId },
      ...{ storeName: store?.name ?? "", reason: "uploaded", state: "kept", engine, version },
      ...{ bytes, checksum: checksumOf(made), createdByName: ctx.actor.name, createdAt: now },
      keptUntil: store ? null : keptUntil(now),
    })
    const row = await needBackup(ctx, ref.backupId)
    record(ctx, { action: "store.upload", subject: ref.storeId, details: about(row) })
    if (store) await note(ctx, store, `A backup of ${version} was uploaded`)
    return row
  } catch (error) {
    await parts.backend.removeBackup(ref)
    throw error
  }
}

function refuseForeign(store: StoreRow, engine: string): void {
  if (store.engine === engine) return
  const say = `This backup is of ${engine}, and ${store.name} runs ${store.engine}. Nothing was kept.`
  throw wrong("/storeId", say)
}

/** @throws Fault `quota_exceeded` */
async function needRoom(ctx: Ctx): Promise<void> {
  const used = await countUploads(ctx.db)
  if (used < storeUploadsMax) return
  const say = `There are ${used} of ${storeUploadsMax} uploaded backups already. Delete one before you upload another.`
  throw fault("quota_exceeded", { say })
}

/** @throws Fault `not_found`, `wrong_state` while something needs it */
export async function removeKept(ctx: Ctx, parts: StoresParts, id: BackupId): Promise<void> {
  const row = await needBackup(ctx, id)
  if (row.state === "making" || (await isBackupInUse(ctx.db, id)))
    throw fault("wrong_state", { say: "This backup is in use just now. Nothing was deleted." })
  await deleteBackup(ctx.db, id)
  record(ctx, { action: "store.forget", subject: row.storeId, details: about(row) })
  await parts.backend.removeBackup({ storeId: row.storeId, backupId: id })
}

async function needBackup(ctx: Ctx, id: BackupId): Promise<BackupRow> {
  const row = await findBackup(ctx.db, id)
  if (row) return row
  throw fault("not_found", { say: "There is no such backup." })
}

/** Forgets what was kept long enough; one that something needs just now waits for the next sweep. */
export async function forgetExpired(
  parts: Pick<StoresParts, "backend" | "database" | "log" | "clock" | "scope">,
): Promise<void> {
  const now = parts.clock.now()
  for (const { organizationId, storeId, id } of await parts.database.asPlatform((tx) =>
    expiredBackups(tx, now),
  )) {
    await bestEffort(parts.log, "forget a backup of a store", async () => {
      const isGone = await actAsPlatform(parts, { organizationId }, async (ctx) => {
        if (await isBackupInUse(ctx.db, id)) return false
        await deleteBackup(ctx.db, id)
        return true
      })
      if (isGone) await parts.backend.removeBackup({ storeId, backupId: id })
    })
  }
}
