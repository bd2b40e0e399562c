import { fault } from "@vibecaas/kernel/fault"
import type { z } from "zod"

/** An opaque position in a list: what its reader needs to go on, as base64url of JSON. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url")
}

/**
 * Opens a cursor that a client sent back; none stays none.
 *
 * @throws Fault `malformed` when it is not one of ours
 */
export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined
  const parsed = schema.safeParse(readJson(Buffer.from(cursor, "base64url").toString()))
  if (parsed.success) return parsed.data
  throw fault("malformed", { say: "That cursor is not from this list. Start again without one." })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
