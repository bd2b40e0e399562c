import { createHash } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import { release, reserve } from "../../quotas/index.ts"
import { deleteAttachments, findAttachment, insertAttachment } from "../queries/attachments.ts"
import type { AttachmentRow } from "./attachment.ts"
import { kindOf } from "./kind-of-bytes.ts"

/**
 * Keeps a file until it is given with a goal or a message, or a day has passed.
 *
 * @throws Fault `invalid`, `too_large`, `quota_exceeded`
 */
export async function uploadAttachment(
  ctx: Ctx,
  file: { name: string; bytes: Uint8Array },
): Promise<AttachmentRow> {
  const content = Buffer.from(file.bytes)
  const name = file.name.replaceAll(/\p{C}/gu, "")
  const kind = kindOf(name, content)
  const id = ctx.newId("att")
  const { organizationId, actor } = ctx
  await reserve(ctx, "attached_kilobytes", {
    subject: id,
    amount: Math.ceil(content.length / 1000),
  })
  const row = {
    ...{ id, organizationId, name, ...kind, bytes: content.length },
    sha256: createHash("sha256").update(content).digest("hex"),
    uploadedById: actor.id ?? actor.name,
    createdAt: ctx.clock.now(),
  }
  return insertAttachment(ctx.db, row, content)
}

/** @throws Fault `not_found`, `wrong_state` when it was given to a run */
export async function removeAttachment(ctx: Ctx, id: IdOf<"attachment">): Promise<void> {
  const row = await findAttachment(ctx.db, id)
  if (!row) throw fault("not_found", { say: "There is no such file." })
  if (row.runId !== null) {
    throw fault("wrong_state", {
      say: "The file was given to a run. It goes when its project is deleted.",
    })
  }
  await deleteAttachments(ctx.db, { id })
  await release(ctx, "attached_kilobytes", id)
}

/** Removes what a run was given, with the run. */
export async function removeAttachmentsOf(ctx: Ctx, runId: IdOf<"run">): Promise<void> {
  for (const id of await deleteAttachments(ctx.db, { runId })) {
    await release(ctx, "attached_kilobytes", id)
  }
}
