import { Readable } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import type { FileContent } from "../../core/kind.ts"
import { findAttachment, readContent } from "../queries/attachments.ts"

/** A file to be saved: browsers neither show nor run it. @throws Fault `not_found` */
export async function readAttachment(
  ctx: Ctx,
  { runId, attachmentId }: { runId: IdOf<"run">; attachmentId: IdOf<"attachment"> },
): Promise<FileContent> {
  const row = await findAttachment(ctx.db, attachmentId)
  const content = row?.runId === runId ? await readContent(ctx.db, row.sha256) : undefined
  if (!row || !content) throw fault("not_found", { say: "There is no such file." })
  return { name: row.name, pieces: Readable.from([content]), bytes: content.length }
}
