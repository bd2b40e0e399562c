import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq, inArray, isNull } from "drizzle-orm"
import { runInquiries } from "../../db/tables/inquiries.ts"
import type { Tx } from "../../db/tenant.ts"
import type { InquiryRow } from "../inquiry.ts"

export async function findInquiry(
  tx: Tx,
  { runId, inquiryId }: { runId: IdOf<"run">; inquiryId: IdOf<"inquiry"> },
): Promise<InquiryRow | undefined> {
  const [row] = await tx.orm
    .select()
    .from(runInquiries)
    .where(and(eq(runInquiries.runId, runId), eq(runInquiries.id, inquiryId)))
  return row
}

/** What runs asked, oldest first. */
export async function listInquiries(tx: Tx, runIds: readonly IdOf<"run">[]): Promise<InquiryRow[]> {
  if (runIds.length === 0) return []
  return tx.orm
    .select()
    .from(runInquiries)
    .where(inArray(runInquiries.runId, [...runIds]))
    .orderBy(asc(runInquiries.askedAt), asc(runInquiries.id))
}

export async function insertInquiry(tx: Tx, row: InquiryRow): Promise<void> {
  await tx.orm.insert(runInquiries).values(row)
}

/** Writes the answer while there is none; nothing when somebody else was faster. */
export async function writeAnswer(
  tx: Tx,
  id: IdOf<"inquiry">,
  set: Pick<InquiryRow, "answer" | "answeredById" | "answeredByName" | "answeredAt">,
): Promise<InquiryRow | undefined> {
  const [row] = await tx.orm
    .update(runInquiries)
    .set({ ...set, state: "answered" })
    .where(and(eq(runInquiries.id, id), eq(runInquiries.state, "open")))
    .returning()
  return row
}

/** Nobody needs an answer any more. */
export async function withdrawInquiries(tx: Tx, runId: IdOf<"run">): Promise<void> {
  await tx.orm
    .update(runInquiries)
    .set({ state: "withdrawn" })
    .where(and(eq(runInquiries.runId, runId), eq(runInquiries.state, "open")))
}

/** What the run itself asked is asked anew: another attempt is another wish. */
export async function forgetRunAnswers(tx: Tx, runId: IdOf<"run">): Promise<void> {
  await tx.orm
    .update(runInquiries)
    .set({ state: "withdrawn" })
    .where(and(eq(runInquiries.runId, runId), isNull(runInquiries.taskId)))
}
