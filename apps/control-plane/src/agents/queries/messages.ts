import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, gt, inArray } from "drizzle-orm"
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

export async function insertMessage(tx: Tx, row: MessageRow): Promise<void> {
  await tx.orm.insert(runMessages).values(row)
}
