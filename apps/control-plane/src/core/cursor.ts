import type { Page } from "@vibecaas/contract/paging"
import { fault } from "@vibecaas/kernel/fault"
import type { z } from "zod"

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

/**
 * One page of rows that were read with `limit + 1`, so that the row too many tells whether there
 * are others.
 */
export function takePage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  how: { show: (row: Row) => Item; position: (last: Row) => unknown },
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => how.show(row)),
    nextCursor: last === undefined ? null : encodeCursor(how.position(last)),
  }
}

/** An opaque position in a list: what its reader needs to go on, as base64url of JSON. */
function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url")
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
