import type { Attachment } from "@vibecaas/contract/attachment"
import { z } from "zod"
import type { attachments } from "../../db/tables/attachments.ts"

/**
 * An attachment is a file that somebody gave with a goal or a message. Until then it is only uploaded;
 * from then on it belongs to the run, never changes, and the project's later runs can read it too.
 */
export type AttachmentRow = typeof attachments.$inferSelect

/** An attachment as agents are told of it; in the journal, so that a replay tells the same. */
export const given = z.object({
  path: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
})
export type Given = z.infer<typeof given>

export function givenAs({ path, ...row }: AttachmentRow): Given {
  const { mediaType, bytes, sha256, width, height } = row
  return { path: path ?? row.name, mediaType, bytes, sha256, width, height }
}

/** Images that every maker's models take. */
const shownTypes = ["image/png", "image/jpeg", "image/webp"]
export const isShown = ({ mediaType }: Pick<Given, "mediaType">) => shownTypes.includes(mediaType)

/** "attachments/logo.png: image/png, 512 × 512, 34 kB" */
export function inWords({ path, mediaType, bytes, width, height }: Given): string {
  const size = width === null || height === null ? "" : `, ${width} × ${height}`
  return `${path}: ${mediaType}${size}, ${Math.ceil(bytes / 1000)} kB`
}

/** How a row is shown by the API. */
export function showAttachment(row: AttachmentRow): Attachment {
  const { id, name, kind, mediaType, bytes, width, height, path, message } = row
  return { id, name, kind, mediaType, bytes, width, height, path, message }
}
