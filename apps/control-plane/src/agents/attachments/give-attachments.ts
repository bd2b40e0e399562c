import { attachedBytesMax } from "@vibecaas/contract/attachment-limits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import { giveAttachment, lockUploaded, takenPaths } from "../queries/attachments.ts"
import type { RunRow } from "../run.ts"
import type { AttachmentRow } from "./attachment.ts"
import { pathOf } from "./path-of.ts"

/**
 * Gives files that were uploaded to a run, with its goal or with a message, each under a path of its
 * own in the project. Nobody else gives the same project anything meanwhile: the run is new, or locked.
 *
 * @param message the number of the message; null: they come with the goal
 * @throws Fault `invalid` when one is not there, was given before, or all are too much
 */
export async function giveAttachments(
  ctx: Ctx,
  ids: readonly IdOf<"attachment">[] | undefined,
  to: { run: Pick<RunRow, "id" | "projectId">; message: number | null },
): Promise<(AttachmentRow & { runId: IdOf<"run"> })[]> {
  if (!ids || ids.length === 0) return []
  const uploaded = new Map((await lockUploaded(ctx.db, ids)).map((row) => [row.id, row]))
  const rows = [...new Set(ids)].flatMap((id) => uploaded.get(id) ?? [])
  if (rows.length < ids.length) {
    throw fault("invalid", {
      say: "A file that should be attached is not there any more, or was given before. Attach it again.",
    })
  }
  if (rows.reduce((sum, { bytes }) => sum + bytes, 0) > attachedBytesMax) {
    throw fault("invalid", {
      say: `The files have more than ${attachedBytesMax / 1_000_000} MB together. Attach fewer, or smaller ones.`,
    })
  }
  const { id: runId, projectId } = to.run
  const taken = await takenPaths(ctx.db, projectId)
  const given: (AttachmentRow & { runId: IdOf<"run"> })[] = []
  for (const [position, row] of rows.entries()) {
    const path = pathOf(row.name, taken)
    taken.add(path.toLowerCase())
    const set = { runId, projectId, message: to.message, position, path }
    await giveAttachment(ctx.db, row.id, set)
    given.push({ ...row, ...set })
  }
  return given
}

/** What the audit says of files that were given. */
export const filesOf = (given: readonly AttachmentRow[]) =>
  given.length > 0 ? { files: given.map(({ path }) => path) } : {}
