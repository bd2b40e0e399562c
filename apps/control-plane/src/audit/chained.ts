import type { ChainedRecord } from "../core/audit-chain.ts"
import type { AuditRow } from "../core/queries.ts"

/** A row as its digest covers it and files hold it; nothing when it was written before there was a chain. */
export function chained(row: AuditRow): ChainedRecord | undefined {
  const { digest, number, previous, hash } = row
  if (digest === null || number === null || previous === null || hash === null) return undefined
  const { id, organizationId, action, subject, ip, requestId, details, salt } = row
  return {
    ...{ id, organizationId, at: row.at.toISOString(), action },
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    ...{ subject, ip, requestId, details, salt, digest },
    // Numbers come from the database as texts.
    ...{ number: Number(number), previous, hash, erased: row.erasedAt !== null },
  }
}
