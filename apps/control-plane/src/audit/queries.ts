import type { AuditRow } from "../core/queries.ts"
import { columnsOf } from "../db/columns-of.ts"
import { auditRecords } from "../db/tables/audit.ts"
import type { Tx } from "../db/tenant.ts"

export interface RecordPage {
  limit: number
  /** only records before this id, i.e. older ones */
  before: string | undefined
  action: string | undefined
}

/** No id sorts after this one. */
const lastId = `aud_${"z".repeat(26)}`

/** Newest first: ids sort by time. */
export function listRecords(tx: Tx, page: RecordPage): Promise<AuditRow[]> {
  const text = `
    select ${columnsOf(auditRecords)}
    from audit_records
    where id < $2 and ($3::text is null or action = $3)
    order by id desc limit $1`
  const values = [page.limit, page.before ?? lastId, page.action ?? null]
  return tx.query<AuditRow>({ name: "audit_list", text }, values)
}
