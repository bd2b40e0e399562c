import type { AuditRecord } from "@vibecaas/contract/kinds/audit"
import { auditId } from "@vibecaas/contract/kinds/audit"
import { z } from "zod"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Kind } from "../core/kind.ts"
import type { AuditRow } from "../core/queries.ts"
import { listRecords } from "./queries.ts"

const position = z.object({ id: auditId })

/** Who did what, when, from where: written once, never changed, read newest first. */
export function makeAudit(): Kind<"audit"> {
  return {
    handlers: {
      "GET /organizations/{organizationId}/audit": async ({ ctx, query }) => {
        const { limit, action } = query
        const before = decodeCursor(position, query.cursor)?.id
        const rows = await listRecords(ctx.db, { limit: limit + 1, before, action })
        return takePage(rows, limit, { show, position: ({ id }) => ({ id }) })
      },
    },
    loops: [],
  }
}

function show(row: AuditRow): AuditRecord {
  const { action, subject, ip, requestId, details } = row
  return {
    id: auditId.parse(row.id),
    at: row.at.toISOString(),
    action,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    subject,
    ip,
    requestId,
    details,
  }
}
