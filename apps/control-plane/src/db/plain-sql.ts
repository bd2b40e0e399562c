import { createHash } from "node:crypto"
import type { Tx } from "./tenant.ts"

/** A transaction as `@vibecaas/reconcile` wants it: SQL text in, rows out. */
export interface PlainSql {
  query(sql: string, params: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

/** Statements are prepared under a name made from their text, so the text must be constant. */
export function plainSql(tx: Tx): PlainSql {
  return {
    query: async (text, params) => ({ rows: await tx.query({ name: nameOf(text), text }, params) }),
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `sql_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`
  names.set(text, name)
  return name
}
