import type { IdOf } from "@vibecaas/contract/kinds"
import { and, desc, eq, inArray, lt, ne } from "drizzle-orm"
import {
  storeBackups,
  storeDrills,
  storeEvents,
  storeProbes,
  storeReleases,
} from "../../db/tables/stores.ts"
import type { Tx } from "../../db/tenant.ts"
import type { BackupRow, DrillRow, ProbeRow, ReleaseRow, StoreId } from "../store.ts"

export type EventRow = typeof storeEvents.$inferSelect

export async function insertEvent(
  tx: Tx,
  row: Omit<typeof storeEvents.$inferInsert, "number">,
): Promise<void> {
  await tx.orm.insert(storeEvents).values(row)
}

export function listEvents(
  tx: Tx,
  storeId: StoreId,
  page: { limit: number; before: number | undefined },
): Promise<EventRow[]> {
  const { before, limit } = page
  return tx.orm
    .select()
    .from(storeEvents)
    .where(
      and(
        eq(storeEvents.storeId, storeId),
        before === undefined ? undefined : lt(storeEvents.number, before),
      ),
    )
    .orderBy(desc(storeEvents.number))
    .limit(limit + 1)
}

export function listReleases(tx: Tx, storeId: StoreId): Promise<ReleaseRow[]> {
  return tx.orm
    .select()
    .from(storeReleases)
    .where(eq(storeReleases.storeId, storeId))
    .orderBy(desc(storeReleases.number))
    .limit(100)
}

/** A new release takes the place of the one that is current, whose data a backup may have. */
export async function insertRelease(
  tx: Tx,
  row: Omit<ReleaseRow, "number" | "endedAt">,
  before: { backupId: IdOf<"storeBackup"> | null },
): Promise<void> {
  const { storeId, startedAt } = row
  const [last] = await listReleases(tx, storeId)
  if (row.state === "current") {
    await tx.orm
      .update(storeReleases)
      .set({ state: "past", endedAt: startedAt, backupId: before.backupId })
      .where(and(eq(storeReleases.storeId, storeId), eq(storeReleases.state, "current")))
  }
  const endedAt = row.state === "current" ? null : startedAt
  await tx.orm.insert(storeReleases).values({ ...row, endedAt, number: (last?.number ?? 0) + 1 })
}

export function listBackups(tx: Tx, storeId: StoreId): Promise<BackupRow[]> {
  return tx.orm
    .select()
    .from(storeBackups)
    .where(eq(storeBackups.storeId, storeId))
    .orderBy(desc(storeBackups.id))
    .limit(200)
}

/** Of any store of the organization. */
export async function findBackup(tx: Tx, id: IdOf<"storeBackup">): Promise<BackupRow | undefined> {
  return (await tx.orm.select().from(storeBackups).where(eq(storeBackups.id, id)))[0]
}

/** Once is enough. */
export async function insertBackup(tx: Tx, row: typeof storeBackups.$inferInsert): Promise<void> {
  await tx.orm.insert(storeBackups).values(row).onConflictDoNothing()
}

export async function updateBackup(
  tx: Tx,
  id: IdOf<"storeBackup">,
  set: Partial<typeof storeBackups.$inferInsert>,
): Promise<void> {
  await tx.orm.update(storeBackups).set(set).where(eq(storeBackups.id, id))
}

/** One that was not made to its end is none. */
export async function failBackup(tx: Tx, id: IdOf<"storeBackup">): Promise<void> {
  const isUnderWay = and(eq(storeBackups.id, id), eq(storeBackups.state, "making"))
  await tx.orm.update(storeBackups).set({ state: "failed" }).where(isUnderWay)
}

/** Forgets a store's backups but those that outlive it. */
export async function deleteBackupsBut(
  tx: Tx,
  storeId: StoreId,
  kept: BackupRow["reason"],
): Promise<void> {
  const others = and(eq(storeBackups.storeId, storeId), ne(storeBackups.reason, kept))
  await tx.orm.delete(storeBackups).where(others)
}

/** Backups of all stores of the organization that are whole, also of stores that are gone; newest first. */
export function listKept(tx: Tx): Promise<BackupRow[]> {
  return tx.orm
    .select()
    .from(storeBackups)
    .where(eq(storeBackups.state, "kept"))
    .orderBy(desc(storeBackups.id))
    .limit(200)
}

export async function countUploads(tx: Tx): Promise<number> {
  return tx.orm.$count(storeBackups, eq(storeBackups.reason, "uploaded"))
}

export async function deleteBackup(tx: Tx, id: IdOf<"storeBackup">): Promise<void> {
  await tx.orm.delete(storeBackups).where(eq(storeBackups.id, id))
}

export async function insertProbe(
  tx: Tx,
  row: Omit<typeof storeProbes.$inferInsert, "number">,
): Promise<void> {
  await tx.orm.insert(storeProbes).values(row)
}

export function listProbes(tx: Tx, storeId: StoreId): Promise<ProbeRow[]> {
  return tx.orm
    .select()
    .from(storeProbes)
    .where(eq(storeProbes.storeId, storeId))
    .orderBy(desc(storeProbes.number))
    .limit(50)
}

export async function insertDrill(
  tx: Tx,
  row: Omit<typeof storeDrills.$inferInsert, "number">,
): Promise<void> {
  await tx.orm.insert(storeDrills).values(row)
}

export function listDrills(tx: Tx, storeId: StoreId): Promise<DrillRow[]> {
  return tx.orm
    .select()
    .from(storeDrills)
    .where(eq(storeDrills.storeId, storeId))
    .orderBy(desc(storeDrills.number))
    .limit(20)
}

/** The last drill of each of these stores. */
export function lastDrills(tx: Tx, storeIds: readonly StoreId[]): Promise<DrillRow[]> {
  return tx.orm
    .selectDistinctOn([storeDrills.storeId])
    .from(storeDrills)
    .where(inArray(storeDrills.storeId, [...storeIds]))
    .orderBy(storeDrills.storeId, desc(storeDrills.number))
}

/** The last order that we placed in each of these stores. */
export function lastOrders(tx: Tx, storeIds: readonly StoreId[]): Promise<ProbeRow[]> {
  return tx.orm
    .selectDistinctOn([storeProbes.storeId])
    .from(storeProbes)
    .where(and(inArray(storeProbes.storeId, [...storeIds]), eq(storeProbes.depth, "order")))
    .orderBy(storeProbes.storeId, desc(storeProbes.number))
}
