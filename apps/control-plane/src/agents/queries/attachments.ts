import type { IdOf } from "@vibecaas/contract/kinds"
import type { NewId } from "@vibecaas/kernel/id"
import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm"
import { runs } from "../../db/tables/agents.ts"
import { attachmentContents, attachments } from "../../db/tables/attachments.ts"
import type { Tx } from "../../db/tenant.ts"
import type { AttachmentRow } from "../attachments/attachment.ts"
import type { RunRow } from "../run.ts"

/** The row and its bytes; the same bytes again are not written again. */
export async function insertAttachment(
  tx: Tx,
  row: typeof attachments.$inferInsert,
  content: Buffer,
): Promise<AttachmentRow> {
  const { organizationId, sha256 } = row
  await tx.orm
    .insert(attachmentContents)
    .values({ organizationId, sha256, content })
    // Locks a row that is there, so that nobody removes it meanwhile.
    .onConflictDoUpdate({
      target: [attachmentContents.organizationId, attachmentContents.sha256],
      set: { sha256 },
    })
  const [made] = await tx.orm.insert(attachments).values(row).returning()
  if (!made) throw new Error("an insert answers its row")
  return made
}

export async function findAttachment(
  tx: Tx,
  id: IdOf<"attachment">,
): Promise<AttachmentRow | undefined> {
  const [row] = await tx.orm.select().from(attachments).where(eq(attachments.id, id))
  return row
}

/** Those of these that were given to nobody yet, locked. */
export async function lockUploaded(
  tx: Tx,
  ids: readonly IdOf<"attachment">[],
): Promise<AttachmentRow[]> {
  return tx.orm
    .select()
    .from(attachments)
    .where(and(inArray(attachments.id, [...ids]), isNull(attachments.runId)))
    .for("update")
}

type Gift = Pick<AttachmentRow, "runId" | "projectId" | "message" | "position" | "path">

export async function giveAttachment(tx: Tx, id: IdOf<"attachment">, set: Gift): Promise<void> {
  await tx.orm.update(attachments).set(set).where(eq(attachments.id, id))
}

/** Gives a run what came with the goal of another, under the same paths. */
export async function copyGifts(
  tx: Tx,
  of: { from: IdOf<"run">; to: IdOf<"run">; newId: NewId },
): Promise<(AttachmentRow & { runId: IdOf<"run"> })[]> {
  const rows = (await listAttachments(tx, [of.from])).filter(({ message }) => message === null)
  const copies = rows.map((row) => ({ ...row, id: of.newId("att"), runId: of.to }))
  if (copies.length > 0) await tx.orm.insert(attachments).values(copies)
  return copies
}

/** What was given to these runs, with the goal first. */
export async function listAttachments(
  tx: Tx,
  runIds: readonly IdOf<"run">[],
): Promise<(AttachmentRow & { runId: IdOf<"run"> })[]> {
  if (runIds.length === 0) return []
  const rows = await tx.orm
    .select()
    .from(attachments)
    .where(inArray(attachments.runId, [...runIds]))
    .orderBy(sql`coalesce(${attachments.message}, 0)`, asc(attachments.position))
  return rows.flatMap(({ runId, ...row }) => (runId ? [{ ...row, runId }] : []))
}

/**
 * What a project's runs up to one were given, the oldest run's first, with the number of each run;
 * not what other candidates were given that nobody promoted.
 */
export async function listProjectAttachments(
  tx: Tx,
  { id, projectId, number }: Pick<RunRow, "id" | "projectId" | "number">,
): Promise<{ run: number; row: AttachmentRow }[]> {
  return tx.orm
    .select({ run: runs.number, row: attachments })
    .from(attachments)
    .innerJoin(runs, eq(runs.id, attachments.runId))
    .where(
      and(
        eq(attachments.projectId, projectId),
        sql`${runs.number} <= ${number}`,
        or(eq(runs.id, id), isNull(runs.comparisonId), runs.chosen),
      ),
    )
    .orderBy(asc(runs.number), sql`coalesce(${attachments.message}, 0)`, asc(attachments.position))
}

/** Paths that a project's attachments have, in small letters. */
export async function takenPaths(tx: Tx, projectId: IdOf<"project">): Promise<Set<string>> {
  const rows = await tx.orm
    .select({ path: attachments.path })
    .from(attachments)
    .where(eq(attachments.projectId, projectId))
  return new Set(rows.flatMap(({ path }) => (path ? [path.toLowerCase()] : [])))
}

export async function readContent(tx: Tx, sha256: string): Promise<Buffer | undefined> {
  const [row] = await tx.orm
    .select({ content: attachmentContents.content })
    .from(attachmentContents)
    .where(eq(attachmentContents.sha256, sha256))
  return row?.content
}

/** Removes rows, and then the bytes that no other row has. */
export async function deleteAttachments(
  tx: Tx,
  which: { id: IdOf<"attachment"> } | { runId: IdOf<"run"> },
): Promise<IdOf<"attachment">[]> {
  const gone = await tx.orm
    .delete(attachments)
    .where("id" in which ? eq(attachments.id, which.id) : eq(attachments.runId, which.runId))
    .returning({ id: attachments.id, sha256: attachments.sha256 })
  if (gone.length === 0) return []
  const hashes = gone.map(({ sha256 }) => sha256)
  // Locked by themselves: the statement after it sees who took one meanwhile.
  await tx.orm
    .select({ sha256: attachmentContents.sha256 })
    .from(attachmentContents)
    .where(inArray(attachmentContents.sha256, hashes))
    .for("update")
  await tx.orm
    .delete(attachmentContents)
    .where(
      and(
        inArray(attachmentContents.sha256, hashes),
        sql`not exists (select from attachments a where a.sha256 = ${attachmentContents.sha256})`,
      ),
    )
  return gone.map(({ id }) => id)
}
