import type { AuditRecord } from "@vibecaas/contract/kinds/audit"
import { auditId } from "@vibecaas/contract/kinds/audit"
import { z } from "zod"
import type { Ctx, Scope } from "../core/ctx.ts"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Kind } from "../core/kind.ts"
import type { AuditRow } from "../core/queries.ts"
import { record } from "../core/record.ts"
import { asCsv, asJson, type Exported } from "./export-records.ts"
import { listRecords, type RecordFilter } from "./queries.ts"
import { verifyChain } from "./verify-chain.ts"

const position = z.object({ id: auditId })

/** Who did what, when, from where: written once, never changed, read newest first. */
export function makeAudit({ scope }: { scope: Scope }): Kind<"audit"> {
  const exported = (ctx: Ctx, signal: AbortSignal, filter: RecordFilter): Exported => {
    const { organizationId, actor } = ctx
    record(ctx, { action: "audit.export", subject: organizationId, details: { ...filter } })
    return { scope, organizationId, actor, signal, filter }
  }
  return {
    handlers: {
      "GET /organizations/{organizationId}/audit": async ({ ctx, query }) => {
        const { limit, cursor, ...filter } = query
        const before = decodeCursor(position, cursor)?.id
        const rows = await listRecords(ctx.db, { ...filter, limit: limit + 1, before })
        return takePage(rows, limit, { show, position: ({ id }) => ({ id }) })
      },
      "GET /organizations/{organizationId}/audit/csv": async ({ ctx, signal, query }) => ({
        pieces: asCsv(exported(ctx, signal, query)),
        name: "audit.csv",
      }),
      "GET /organizations/{organizationId}/audit/json": async ({ ctx, signal, query }) => ({
        pieces: asJson(exported(ctx, signal, query)),
        name: "audit.jsonl",
      }),
      "GET /organizations/{organizationId}/audit/verification": ({ ctx }) => verifyChain(ctx),
    },
    loops: [],
  }
}

function show(row: AuditRow): AuditRecord {
  const { action, subject, ip, requestId, details, projectId, number } = row
  return {
    id: auditId.parse(row.id),
    at: row.at.toISOString(),
    action,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    ...{ subject, projectId, ip, requestId, details },
    number: number === null ? null : Number(number),
    erased: row.erasedAt !== null,
  }
}
