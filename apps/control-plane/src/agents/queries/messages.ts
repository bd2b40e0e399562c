import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq, gt, inArray, isNull, lte } from "drizzle-orm"
import { runMessages } from "../../db/tables/inquiries.ts"
import type { Tx } from "../../db/tenant.ts"
import type { MessageRow } from "../message.ts"

/** What people wrote to runs, in its order; with `after`, what has a higher number. */
export async function listMessages(
  tx: Tx,
  runIds: readonly IdOf<"run">[],
  after = 0,
): Promise<MessageRow[]> {
  if (runIds.length === 0) return []
  return tx.orm
    .select()
    .from(runMessages)
    .where(and(inArray(runMessages.runId, [...runIds]), gt(runMessages.number, after)))
    .orderBy(asc(runMessages.runId), asc(runMessages.number))
}

/** That the run's messages up to this number were told to an agent; the first time counts. */
export async function markHeard(
  tx: Tx,
  runId: IdOf<"run">,
  { upTo, at }: { upTo: number; at: Date },
): Promise<void> {
  await tx.orm
    .update(runMessages)
    .set({ heardAt: at })
    .where(
      and(eq(runMessages.runId, runId), lte(runMessages.number, upTo), isNull(runMessages.heardAt)),
    )
}

export async function insertMessage(tx: Tx, row: MessageRow): Promise<void> {
  await tx.orm.insert(runMessages).values(row)
}
