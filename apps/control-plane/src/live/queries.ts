import type { EventKind } from "@vibecaas/contract/kinds"
import type { Tx } from "../db/tenant.ts"
import { type Place, placeText } from "./cursor.ts"

export interface EventRow {
  transaction: string
  sequence: string
  kind: EventKind
  id: string
  data: unknown
}

/** Where readers stand in one snapshot of the database. */
export interface Bounds {
  /** transactions below this one have ended: what they told is complete */
  safe: bigint
  /** events of transactions below this one may have been removed */
  horizon: bigint
  /** events of the topic that wait until an older transaction has ended */
  waiting: boolean
}

/** Events of a topic after a place, below the bounds, read in one snapshot. */
export async function listEvents(
  tx: Tx,
  where: { topic: string; after: Place; limit: number },
): Promise<{ bounds: Bounds; events: EventRow[] }> {
  const text = `
    with bounds as materialized (
      select pg_snapshot_xmin(pg_current_snapshot()) as safe, transaction as horizon
      from live_horizon
    )
    select b.safe::text as safe, b.horizon::text as horizon,
      exists (
        select from live_events w where w.topic = $1 and w.transaction >= b.safe
      ) as waiting,
      e.transaction::text as transaction, e.sequence::text as sequence, e.kind,
      e.object_id as id, e.data
    from bounds b
    left join lateral (
      select * from live_events e
      where e.topic = $1 and (e.transaction, e.sequence) > ($2::xid8, $3::bigint)
        and e.transaction < b.safe
      order by e.transaction, e.sequence limit $4
    ) e on true
    order by e.transaction, e.sequence`
  const [transaction, sequence] = placeText(where.after).split(".")
  const rows = await tx.query<BoundRow & (EventRow | { sequence: null })>(
    { name: "live_list_events", text },
    [where.topic, transaction, sequence, where.limit],
  )
  return { bounds: boundsOf(rows[0]), events: rows.filter((row) => row.sequence !== null) }
}

interface BoundRow {
  safe: string
  horizon: string
  waiting: boolean
}

/** A database without a horizon was not prepared; then nothing can be resumed. */
function boundsOf(row: BoundRow | undefined): Bounds {
  if (!row) return { safe: 0n, horizon: 0n, waiting: false }
  return { safe: BigInt(row.safe), horizon: BigInt(row.horizon), waiting: row.waiting }
}
