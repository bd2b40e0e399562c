import { z } from "zod"
import { attachmentBytesMax, attachmentsMax } from "./attachment-limits.ts"
import { organizationId } from "./kinds/tenants.ts"
import type { RouteTable } from "./route.ts"
import { attachmentId, runId } from "./run-ids.ts"

/** What a file is, by its bytes; its name says nothing about it. */
const attachmentKinds = ["image", "text", "pdf"] as const

/** A file that somebody gave with a goal or a message: agents read it, and never change it. */
export const attachment = z
  .object({
    id: attachmentId,
    name: z.string(),
    kind: z.enum(attachmentKinds),
    mediaType: z.string(),
    bytes: z.number().int(),
    width: z.number().int().nullable().meta({ description: "of an image, in pixels" }),
    height: z.number().int().nullable(),
    path: z.string().nullable().meta({
      description: "where agents read it, such as attachments/logo.png; null until it is given",
    }),
    message: z.number().int().nullable().meta({
      description: "the number of the message it came with; null: it came with the goal",
    }),
  })
  .meta({ id: "Attachment" })
export type Attachment = z.infer<typeof attachment>

/** Files that were uploaded before, in the order in which they are given. */
export const givenAttachments = z
  .array(attachmentId)
  .max(attachmentsMax, `Attach at most ${attachmentsMax} files.`)
  .optional()
  .meta({ description: "files that were uploaded before" })

const byOrganization = { by: "organization", permission: "run:start" } as const
const organization = { organizationId: organizationId.optional() }

export const attachmentRoutes = {
  "POST /attachments": {
    summary:
      "Upload a file, to give it with a goal or a message; one that never is, goes after a day",
    access: byOrganization,
    query: z.object({
      ...organization,
      name: z
        .string()
        .trim()
        .min(1, "Say the file's name.")
        .max(200, "Use at most 200 characters."),
    }),
    raw: { types: ["application/octet-stream"], bytesMax: attachmentBytesMax },
    reply: { status: 201, body: attachment },
    faults: ["invalid", "too_large", "quota_exceeded"],
  },
  "DELETE /attachments/{attachmentId}": {
    summary: "Remove an uploaded file that was not given to a run",
    access: byOrganization,
    params: z.object({ attachmentId }),
    query: z.object(organization),
    reply: { status: 204, body: null },
    faults: ["not_found", "wrong_state"],
  },
  "GET /agents/runs/{runId}/attachments/{attachmentId}": {
    summary: "A file that was given to a run, to be saved",
    access: { by: "object", object: "run", from: "runId", permission: "run:read" },
    params: z.object({ runId, attachmentId }),
    reply: { status: 200, file: "application/octet-stream" },
  },
} as const satisfies RouteTable
