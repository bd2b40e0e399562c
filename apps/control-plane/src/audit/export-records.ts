import type { IdOf } from "@vibecaas/contract/kinds"
import type { Actor, Ctx, Scope } from "../core/ctx.ts"
import type { AuditRow } from "../core/queries.ts"
import { chained } from "./chained.ts"
import { findHead, listRecordsAfter, type RecordFilter } from "./queries.ts"

export interface Exported {
  scope: Scope
  organizationId: IdOf<"organization">
  actor: Actor
  signal: AbortSignal
  filter: RecordFilter
}

const pageSize = 500

/** A line for each record, oldest first, and last where the chain ends: what `bin/verify-audit` reads. */
export async function* asJson(what: Exported): AsyncIterable<string> {
  const { organizationId } = what
  const head = await inScope(what, (ctx) => findHead(ctx.db))
  // Ids sort by when a record was begun: what is committed meanwhile can lie before what was read.
  const isNewer = ({ number }: AuditRow) => Number(number) > (head?.number ?? 0)
  for await (const rows of pagesOf(what)) {
    yield rows
      .filter((row) => !isNewer(row))
      .map((row) => jsonLine(chained(row) ?? unchained(row)))
      .join("")
  }
  yield jsonLine({ chain: { organizationId, ...head } })
}

const jsonLine = (value: object) => `${JSON.stringify(value)}\n`

const columns = {
  time: (row: AuditRow) => row.at.toISOString(),
  action: (row: AuditRow) => row.action,
  by: (row: AuditRow) => row.actorKind,
  name: (row: AuditRow) => row.actorName,
  actor: (row: AuditRow) => row.actorId,
  subject: (row: AuditRow) => row.subject,
  project: (row: AuditRow) => row.projectId,
  address: (row: AuditRow) => row.ip,
  request: (row: AuditRow) => row.requestId,
  details: (row: AuditRow) => JSON.stringify(row.details),
  number: (row: AuditRow) => row.number,
  hash: (row: AuditRow) => row.hash,
}

/** For spreadsheets. */
export async function* asCsv(what: Exported): AsyncIterable<string> {
  yield line(Object.keys(columns))
  for await (const rows of pagesOf(what))
    yield rows.map((row) => line(Object.values(columns).map((of) => of(row)))).join("")
}

const line = (values: readonly (string | number | null)[]) => `${values.map(cell).join(",")}\r\n`

/** RFC 4180; what a spreadsheet would take for a formula is a text. */
function cell(value: string | number | null): string {
  const text = String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const unchained = (row: AuditRow) => ({ id: row.id, at: row.at.toISOString(), action: row.action })

async function* pagesOf(what: Exported): AsyncIterable<AuditRow[]> {
  let after: string | undefined
  for (;;) {
    const rows = await inScope(what, (ctx) =>
      listRecordsAfter(ctx.db, { ...what.filter, limit: pageSize, after }),
    )
    if (rows.length > 0) yield rows
    after = rows.at(-1)?.id
    if (rows.length < pageSize) return
  }
}

const inScope = <T>(
  { scope, organizationId, actor, signal }: Exported,
  action: (ctx: Ctx) => Promise<T>,
) => scope({ organizationId, actor, signal, readOnly: true }, action)
