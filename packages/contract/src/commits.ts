import { z } from "zod"
import { instant } from "./ids.ts"

export const filePath = z.string().min(1).max(255)

export const fileEntry = z
  .object({ path: z.string(), size: z.number().int(), sha: z.string() })
  .meta({ id: "FileEntry" })
export type FileEntry = z.infer<typeof fileEntry>

export const commit = z
  .object({
    id: z.string().meta({ description: "SHA-1 of the commit" }),
    parent: z.string().nullable(),
    message: z.string(),
    author: z.string(),
    at: instant,
  })
  .meta({ id: "Commit" })
export type Commit = z.infer<typeof commit>

export const fileDiff = z
  .object({
    path: z.string(),
    change: z.enum(["added", "modified", "deleted"]),
    added: z.number().int(),
    removed: z.number().int(),
    patch: z.string().meta({ description: "unified diff, capped" }),
    truncated: z.boolean(),
  })
  .meta({ id: "FileDiff" })
export type FileDiff = z.infer<typeof fileDiff>

/** A commit is named by its SHA-1: no branch, no abbreviation. */
export const commitRef = z.string().regex(/^[0-9a-f]{40}$/, "a commit is 40 hexadecimal digits")
