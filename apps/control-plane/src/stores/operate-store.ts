import type { IdOf } from "@vibecaas/contract/kinds"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Engine } from "@vibecaas/stores/engine"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { beginWork, type NewWork } from "./begin-work.ts"
import { wrong } from "./catalog.ts"
import { lockFor } from "./need-store.ts"
import { findBackup, listReleases } from "./queries/history.ts"
import { updateStore } from "./queries/stores.ts"
import { roomFor } from "./room-for.ts"
import { sayMinute } from "./say-minute.ts"
import { type BackupRow, memoryOf, type StoreId, type StoreRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

interface Asked {
  row: StoreRow
  action: string
  say: string
  details?: Record<string, unknown>
}

/** Writes a wish as a work that its loop takes up. */
export function wantWork(
  ctx: Ctx,
  parts: StoresParts,
  { work, asked }: { work: NewWork; asked: Omit<Asked, "row"> },
): Promise<StoreRow> {
  const { action, say, details } = asked
  return want(ctx, parts.resource, {
    action,
    ...(details ? { details } : {}),
    write: async () => {
      const after = await beginWork(ctx, work)
      await note(ctx, after, say)
      return after
    },
  })
}

/** @throws Fault `not_found`, `wrong_state` unless it is stopped */
export async function startStore(ctx: Ctx, parts: StoresParts, id: StoreId): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "start")
  return wantWork(ctx, parts, {
    work: { row, work: "start", set: { wanted: "running", failure: null, repairs: 0 } },
    asked: { action: "store.start", say: "Starting was asked for" },
  })
}

/** @throws Fault `not_found`, `wrong_state` unless it is ready */
export async function stopStore(ctx: Ctx, parts: StoresParts, id: StoreId): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "stop")
  const set = { wanted: "stopped", step: "halt" } as const
  return wantSet(ctx, parts, { row, set, action: "store.stop", say: "Stopping was asked for" })
}

/** Places an order as soon as it can. @throws Fault `not_found`, `wrong_state` unless it is ready */
export async function probeStoreNow(ctx: Ctx, parts: StoresParts, id: StoreId): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "probe")
  const set = { probeWanted: row.probeWanted + 1 }
  return wantSet(ctx, parts, { row, set, action: "store.probe", say: "A test order was asked for" })
}

/**
 * Runs a later version: its data are backed up before, and put back when the new one does not sell. Of versions that
 * share data the new one is tried beside the store.
 *
 * @throws Fault `not_found`, `wrong_state`, `invalid` at `/version`
 */
export async function upgradeStore(
  ctx: Ctx,
  parts: StoresParts,
  { id, version }: { id: StoreId; version: string },
): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "upgrade")
  if (version === row.version) throw wrong("/version", `The store runs ${version} already.`)
  const { engine } = await parts.catalog.need(row.engine, version)
  const refusal = engine.refusesUpgrade(row.version, version)
  if (refusal) throw wrong("/version", refusal)
  const beside = parts.catalog.besideOf(row.engine, row.version, [version]).includes(version)
  const way = beside ? await wayOf(ctx, { engine, row }) : inPlace
  return wantWork(ctx, parts, {
    work: { row, toVersion: version, set: { failure: null }, ...way.work },
    asked: {
      ...{ action: "store.upgrade", details: { from: row.version, to: version } },
      say: `Upgrade from ${row.version} to ${version} was asked for${way.say}`,
    },
  })
}

const inPlace = { work: { work: "upgrade" } as const, say: "" }

/** Where both versions work with the same data, and there is memory for both, the store goes on meanwhile. */
async function wayOf(ctx: Ctx, { engine, row }: { engine: Engine; row: StoreRow }) {
  const memoryBeside = memoryOf(engine, row.plan)
  if ((await roomFor(ctx, memoryBeside)).fits)
    return { work: { work: "upgrade_beside", memoryBeside } as const, say: "; the store goes on" }
  const say = `; the store is stopped for it, since ${memoryBeside} MiB for both versions are not free`
  return { ...inPlace, say }
}

/**
 * Runs an earlier release with the data that it had when it was replaced.
 *
 * @throws Fault `not_found`, `wrong_state`, `invalid` at `/releaseId`, `conflict` unless somebody says that
 * orders since then may be lost
 */
export async function rollBackStore(
  ctx: Ctx,
  parts: StoresParts,
  wanted: { id: StoreId; releaseId: IdOf<"storeRelease">; losesOrders: boolean },
): Promise<StoreRow> {
  const row = await lockFor(ctx, wanted.id, "rollback")
  const releases = await listReleases(ctx.db, row.id)
  const release = releases.find(({ id }) => id === wanted.releaseId)
  if (!release) throw wrong("/releaseId", "The store has no such release.")
  const backup = release.backupId && (await findBackup(ctx.db, release.backupId))
  if (release.state !== "past" || !backup || backup.state !== "kept")
    throw wrong("/releaseId", "There is no way back to this release: its data are not kept.")
  if (!wanted.losesOrders) {
    const say = `Going back puts the data of ${sayMinute(backup.createdAt)} in place: orders since then are lost. Say that they may be.`
    throw fault("conflict", { say, fields: { "/losesOrders": say } })
  }
  await parts.catalog.need(row.engine, release.version)
  return wantWork(ctx, parts, {
    work: {
      ...{ row, work: "rollback", toVersion: release.version, restoreId: backup.id },
      set: { failure: null, wanted: "running" },
    },
    asked: {
      ...{ action: "store.rollback", details: { from: row.version, to: release.version } },
      say: `Going back to release ${release.number}, ${release.version}, was asked for`,
    },
  })
}

/** @throws Fault `not_found`, `wrong_state` */
export async function backUpStore(ctx: Ctx, parts: StoresParts, id: StoreId): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "backup")
  return wantWork(ctx, parts, {
    work: { row, work: "backup" },
    asked: { action: "store.backup", say: "A backup was asked for" },
  })
}

/**
 * Puts a backup in place of the store's data, which are backed up before.
 *
 * @throws Fault `not_found`, `wrong_state`, `invalid` at `/backupId`
 */
export async function restoreStore(
  ctx: Ctx,
  parts: StoresParts,
  { id, backupId }: { id: StoreId; backupId: IdOf<"storeBackup"> },
): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "restore")
  const backup = restorable(row, await findBackup(ctx.db, backupId))
  await parts.catalog.need(row.engine, backup.version)
  return wantWork(ctx, parts, {
    work: {
      ...{ row, work: "restore", toVersion: backup.version, restoreId: backup.id },
      set: { failure: null, wanted: "running" },
    },
    asked: {
      ...{ action: "store.restore", details: { backupId } },
      say: `Restoring the backup of ${sayMinute(backup.createdAt)} was asked for`,
    },
  })
}

function restorable(row: StoreRow, backup: BackupRow | undefined): BackupRow {
  if (backup?.storeId !== row.id) throw wrong("/backupId", "The store has no such backup.")
  if (backup.state === "kept") return backup
  throw wrong("/backupId", "This backup is not whole, so nothing can be restored from it.")
}

/** A wish that is no work: it is written, and the loop sees to it. */
export function wantSet(
  ctx: Ctx,
  parts: StoresParts,
  { row, action, say, details, set }: Asked & { set: Partial<StoreRow> },
): Promise<StoreRow> {
  return want(ctx, parts.resource, {
    action,
    ...(details ? { details } : {}),
    write: async () => {
      const common = { updatedAt: ctx.clock.now(), changes: row.changes + 1 }
      const after = await updateStore(ctx.db, row.id, { ...set, ...common })
      invariant(after, "the store is locked")
      await note(ctx, after, say)
      return after
    },
  })
}
