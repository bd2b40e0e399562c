import type { IdOf } from "@vibecaas/contract/kinds"
import type { StoreStep } from "@vibecaas/contract/store-states"
import { and, asc, desc, eq, inArray, or, sql } from "drizzle-orm"
import { storeFacts, storeSteps, storeWorks } from "../../db/tables/stores.ts"
import type { Tx } from "../../db/tenant.ts"
import type { StepRow, StoreId, WorkRow } from "../store.ts"

type WorkId = IdOf<"storeWork">

export async function insertWork(
  tx: Tx,
  row: typeof storeWorks.$inferInsert,
  engine: string,
): Promise<void> {
  await tx.orm.insert(storeWorks).values(row)
  const { id: workId, organizationId, work, askedAt } = row
  await tx.orm.insert(storeFacts).values({ workId, organizationId, engine, work, askedAt })
}

export async function findWork(tx: Tx, id: WorkId): Promise<WorkRow | undefined> {
  return (await tx.orm.select().from(storeWorks).where(eq(storeWorks.id, id)))[0]
}

/** The newest work of each of these stores. */
export function lastWorks(tx: Tx, storeIds: readonly StoreId[]): Promise<WorkRow[]> {
  return tx.orm
    .selectDistinctOn([storeWorks.storeId])
    .from(storeWorks)
    .where(inArray(storeWorks.storeId, [...storeIds]))
    .orderBy(storeWorks.storeId, desc(storeWorks.id))
}

/** Whether work under way puts this backup in place, or would go back to it. */
export async function isBackupInUse(tx: Tx, id: IdOf<"storeBackup">): Promise<boolean> {
  const needs = or(eq(storeWorks.restoreId, id), eq(storeWorks.backupId, id))
  return (await tx.orm.$count(storeWorks, and(needs, eq(storeWorks.state, "running")))) > 0
}

export async function updateWork(
  tx: Tx,
  id: WorkId,
  set: Partial<typeof storeWorks.$inferInsert>,
): Promise<void> {
  await tx.orm.update(storeWorks).set(set).where(eq(storeWorks.id, id))
}

/** Writes how a work ended, also for numbers over time. */
export async function endWork(
  tx: Tx,
  work: WorkRow,
  end: { state: "done" | "failed" | "cancelled"; failureKind: string | null; at: Date },
): Promise<void> {
  const { state, failureKind, at: endedAt } = end
  await updateWork(tx, work.id, { state, failureKind, endedAt })
  await tx.orm
    .update(storeFacts)
    .set({ outcome: state, failureKind, endedAt, startedAt: work.startedAt })
    .where(eq(storeFacts.workId, work.id))
}

/** Writes that a store is gone that had been made, for numbers over time. */
export async function writeGone(
  tx: Tx,
  of: { workId: WorkId; organizationId: IdOf<"organization">; engine: string; at: Date },
): Promise<void> {
  const { at, ...fact } = of
  const times = { askedAt: at, startedAt: at, endedAt: at }
  await tx.orm.insert(storeFacts).values({ ...fact, ...times, work: "delete", outcome: "done" })
}

export function listSteps(tx: Tx, workIds: readonly WorkId[]): Promise<StepRow[]> {
  return tx.orm
    .select()
    .from(storeSteps)
    .where(inArray(storeSteps.workId, [...workIds]))
    .orderBy(asc(storeSteps.startedAt))
}

/** Writes that a step is at work; one that was begun keeps its first beginning and its tries. */
export async function beginStep(
  tx: Tx,
  row: { organizationId: IdOf<"organization">; workId: WorkId; step: StoreStep; at: Date },
): Promise<void> {
  const { at: startedAt, ...key } = row
  await tx.orm
    .insert(storeSteps)
    .values({ ...key, startedAt, tries: 0, done: false, endedAt: null, note: null })
    .onConflictDoUpdate({
      target: [storeSteps.workId, storeSteps.step],
      set: { endedAt: null },
    })
}

/** Writes how a try of a step ended; answers how many there were. */
export async function endStep(
  tx: Tx,
  of: { workId: WorkId; step: StoreStep },
  end: { done: boolean; note: string | null; at: Date },
): Promise<number> {
  const { done, note, at: endedAt } = end
  const [row] = await tx.orm
    .update(storeSteps)
    .set({ done, note, endedAt, tries: sql`${storeSteps.tries} + 1` })
    .where(and(eq(storeSteps.workId, of.workId), eq(storeSteps.step, of.step)))
    .returning({ tries: storeSteps.tries })
  return row?.tries ?? 0
}

/** Takes back that steps were tried, so that they are tried again. */
export async function forgetTries(tx: Tx, workId: WorkId): Promise<void> {
  const of = and(eq(storeSteps.workId, workId), eq(storeSteps.done, false))
  await tx.orm.delete(storeSteps).where(of)
}
