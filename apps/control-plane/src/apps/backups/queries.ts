import type { IdOf } from "@vibecaas/contract/kinds"
import { and, count, desc, eq, lt } from "drizzle-orm"
import { backups } from "../../db/tables/backups.ts"
import type { Tx } from "../../db/tenant.ts"
import type { BackupRow } from "./backup.ts"

export async function findBackup(tx: Tx, id: IdOf<"backup">): Promise<BackupRow | undefined> {
  const [row] = await tx.orm.select().from(backups).where(eq(backups.id, id))
  return row
}

/** As `findBackup`, locked until the transaction ends. */
export async function lockBackup(tx: Tx, id: IdOf<"backup">): Promise<BackupRow | undefined> {
  const [row] = await tx.orm.select().from(backups).where(eq(backups.id, id)).for("update")
  return row
}

/** Newest first; `before` is the last one already seen. */
export function listBackups(
  tx: Tx,
  projectId: IdOf<"project">,
  page: { limit: number; before: IdOf<"backup"> | undefined },
): Promise<BackupRow[]> {
  const { before, limit } = page
  return tx.orm
    .select()
    .from(backups)
    .where(and(eq(backups.projectId, projectId), before && lt(backups.id, before)))
    .orderBy(desc(backups.id))
    .limit(limit)
}

/** All of a project's that are to stay, newest first; their number is limited. */
export function listPresent(tx: Tx, projectId: IdOf<"project">): Promise<BackupRow[]> {
  return tx.orm
    .select()
    .from(backups)
    .where(and(eq(backups.projectId, projectId), eq(backups.wanted, "present")))
    .orderBy(desc(backups.id))
}

/** The newest whose data are kept. */
export async function findNewest(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<BackupRow | undefined> {
  const kept = and(eq(backups.state, "kept"), eq(backups.wanted, "present"))
  const [row] = await tx.orm
    .select()
    .from(backups)
    .where(and(eq(backups.projectId, projectId), kept))
    .orderBy(desc(backups.id))
    .limit(1)
  return row
}

export async function countAsked(tx: Tx, projectId: IdOf<"project">): Promise<number> {
  const asked = and(eq(backups.reason, "asked"), eq(backups.wanted, "present"))
  const [row] = await tx.orm
    .select({ number: count() })
    .from(backups)
    .where(and(eq(backups.projectId, projectId), asked))
  return row?.number ?? 0
}

export async function insertBackup(
  tx: Tx,
  row: typeof backups.$inferInsert,
): Promise<BackupRow | undefined> {
  const [made] = await tx.orm.insert(backups).values(row).returning()
  return made
}

export async function updateBackup(
  tx: Tx,
  id: IdOf<"backup">,
  set: Partial<typeof backups.$inferInsert>,
): Promise<void> {
  await tx.orm.update(backups).set(set).where(eq(backups.id, id))
}

export async function deleteBackupRow(tx: Tx, id: IdOf<"backup">): Promise<boolean> {
  const gone = await tx.orm.delete(backups).where(eq(backups.id, id)).returning({ id: backups.id })
  return gone.length === 1
}
