import type { IdOf } from "@vibecaas/contract/kinds"
import type { AuditRow } from "../core/queries.ts"
import { columnsOf } from "../db/columns-of.ts"
import { auditRecords } from "../db/tables/audit.ts"
import type { Tx } from "../db/tenant.ts"

/** Which records; what is absent leaves out none. */
export interface RecordFilter {
  action?: string | undefined
  /** kind of who acted */
  by?: AuditRow["actorKind"] | undefined
  /** id of who acted */
  actor?: string | undefined
  projectId?: IdOf<"project"> | undefined
  subject?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

/** No id sorts after this one, and none before the other. */
const lastId = `aud_${"z".repeat(26)}`
const firstId = "aud_"

const columns = columnsOf(auditRecords)
const matching = `($3::text is null or action = $3) and ($4::text is null or actor_kind = $4)
  and ($5::text is null or actor_id = $5) and ($6::text is null or project_id = $6)
  and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
  and ($9::text is null or subject = $9)`

const valuesOf = ({ action, by, actor, projectId, from, until, subject }: RecordFilter) =>
  [action, by, actor, projectId, from, until, subject].map((value) => value ?? null)

/** Newest first: ids sort by time. */
export function listRecords(
  tx: Tx,
  page: RecordFilter & { limit: number; before: string | undefined },
): Promise<AuditRow[]> {
  const text = `
    select ${columns} from audit_records
    where id < $2 and ${matching}
    order by id desc limit $1`
  const values = [page.limit, page.before ?? lastId, ...valuesOf(page)]
  return tx.query<AuditRow>({ name: "audit_list", text }, values)
}

/** Oldest first, after an id. */
export function listRecordsAfter(
  tx: Tx,
  page: RecordFilter & { limit: number; after: string | undefined },
): Promise<AuditRow[]> {
  const text = `
    select ${columns} from audit_records
    where id > $2 and ${matching}
    order by id limit $1`
  const values = [page.limit, page.after ?? firstId, ...valuesOf(page)]
  return tx.query<AuditRow>({ name: "audit_list_after", text }, values)
}

/** In the order of the chain, after a number and up to another. */
export function listChain(
  tx: Tx,
  { limit, after, last }: { limit: number; after: number; last: number },
): Promise<AuditRow[]> {
  const text = `
    select ${columns} from audit_records where number > $2 and number <= $3 order by number limit $1`
  return tx.query<AuditRow>({ name: "audit_chain", text }, [limit, after, last])
}

/** Where the chain ends, as the trigger keeps it; number 0 while there is none. */
export async function findHead(tx: Tx): Promise<{ number: number; hash: string } | undefined> {
  const text = "select number::float8 as number, hash from audit_heads"
  const [head] = await tx.query<{ number: number; hash: string }>({ name: "audit_head", text }, [])
  return head
}
