import type { usageEvents } from "../db/tables/usage.ts"
import type { Tx } from "../db/tenant.ts"

type UsageRow = typeof usageEvents.$inferSelect

/** False when an event of this meter with this source key exists. */
export async function insertEvent(tx: Tx, row: UsageRow): Promise<boolean> {
  const text = `
    insert into usage_events (id, organization_id, meter, quantity, source_key, subject, at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (organization_id, meter, source_key) do nothing returning id`
  const { id, organizationId, meter, quantity, sourceKey, subject, at } = row
  const values = [id, organizationId, meter, quantity, sourceKey, subject, at]
  return (await tx.query({ name: "usage_insert", text }, values)).length === 1
}

/** Sums of events at or after `from` and before `to`. */
export function sumMeters(
  tx: Tx,
  { from, to }: { from: Date; to: Date },
): Promise<{ meter: string; quantity: number }[]> {
  const text = `
    select meter, sum(quantity)::float8 as quantity from usage_events
    where at >= $1 and at < $2 group by meter`
  return tx.query({ name: "usage_sum", text }, [from, to])
}

/** What meters of one unit counted since `from`. */
export async function sumOf(tx: Tx, meters: readonly string[], from: Date): Promise<number> {
  const text = `
    select coalesce(sum(quantity), 0)::float8 as quantity from usage_events
    where meter = any($1) and at >= $2`
  const [row] = await tx.query<{ quantity: number }>({ name: "usage_of_meters", text }, [
    meters,
    from,
  ])
  return row?.quantity ?? 0
}
