import type { Pool } from "pg"
import type { Holder, Lease, Reason } from "./leases.ts"

/** How many leases of a loop a process has room for. */
export interface Room {
  loop: string
  places: number
}

export interface Taken {
  leases: Lease[]
  /** until the next key of these loops becomes due, in `ms`; `undefined` when none waits for its time */
  nextInMs: number | undefined
}

/** Of each loop, this many keys that wait longest take part in the choice who is next. */
const candidatesMax = 1_000

/**
 * Takes leases of keys that are due and free, no more than there is room for; each is given to one
 * process only. What a fenced write still holds is passed over. The organization that has least at
 * work in a loop comes first, then the key that is due longest.
 *
 * Whoever takes a key that another still holds knows that its turn never ended: that is a failed
 * try. A key to which that happened twice is suspected of ending its process. A process takes one
 * suspect at a time, so that those which were only near by are not blamed for long.
 *
 * Who wakes a key that was given up wants it tried as if for the first time.
 */
export async function takeLeases(
  pool: Pool,
  rooms: Room[],
  { holder, instance, leaseMs }: Holder & { leaseMs: number },
): Promise<Taken> {
  const { rows } = await pool.query<LeaseRow | NoLease>(
    `with room as (
       select * from unnest($1::text[], $2::int[]) as r (loop, places)
     ), busy as (
       select loop, split_part(key, '/', 1) as organization, count(*) as turns
       from reconcile_leases where holder is not null and expires_at > now() group by 1, 2
     ), candidate as materialized (
       select c.loop, c.key, c.suspect,
         row_number() over (partition by c.suspect order by c.next_at) as nth from (
         select d.*, row_number() over (partition by d.loop, d.organization order by d.next_at)
           + coalesce(busy.turns, 0) as turn
         from room cross join lateral (
           select loop, key, next_at, split_part(key, '/', 1) as organization,
             losses + (holder is not null)::int > 1 as suspect
           from reconcile_leases l
           where l.loop = room.loop and next_at <= now()
             and (expires_at is null or expires_at <= now())
           order by next_at limit ${candidatesMax}
         ) d left join busy on busy.loop = d.loop and busy.organization = d.organization
       ) c order by c.turn, c.next_at
     ), due as materialized (
       select l.loop, l.key from room cross join lateral (
         -- Rows are locked one by one, in the order of the candidates, until there is no room.
         select d.loop, d.key from candidate c cross join lateral (
           select loop, key from reconcile_leases
           where loop = c.loop and key = c.key and next_at <= now()
             and (expires_at is null or expires_at <= now()) for update skip locked
         ) d
         where c.loop = room.loop and (not c.suspect or (c.nth = 1 and not exists (
           select from reconcile_leases
           where instance = $4 and losses > 1 and holder is not null and expires_at > now())))
         limit room.places
       ) l
     ), taken as (
       update reconcile_leases l set
         fence = nextval('reconcile_fence'), holder = $3, instance = $4,
         expires_at = now() + $5 * interval '1 ms', next_at = null, gave_up = false,
         failures = case when l.gave_up and l.reason = 'wake' then 0
           else l.failures + (l.holder is not null)::int end,
         losses = case when l.gave_up and l.reason = 'wake' then 0
           else l.losses + (l.holder is not null)::int end,
         seen = pg_current_snapshot(), touched_at = now()
       from due where l.loop = due.loop and l.key = due.key
       returning l.loop, l.key, l.fence, l.reason, l.failures, l.losses, l.mark,
         (extract(epoch from now() - l.work_since) * 1000)::float8 as work_ms,
         (extract(epoch from now() - l.mark_since) * 1000)::float8 as mark_ms
     ), next as (
       select min(l.next_at) as at from room cross join lateral (
         select d.next_at from reconcile_leases d
         where d.loop = room.loop and d.next_at > now() order by d.next_at limit 1
       ) l
     )
     select taken.*, (extract(epoch from next.at - now()) * 1000)::float8 as next_in_ms
     from next left join taken on true`,
    [rooms.map(({ loop }) => loop), rooms.map(({ places }) => places), holder, instance, leaseMs],
  )
  return {
    leases: rows.flatMap((row) => (row.loop === null ? [] : [leaseOf(row)])),
    nextInMs: rows[0]?.next_in_ms ?? undefined,
  }
}

interface LeaseRow {
  loop: string
  key: string
  fence: string
  reason: Reason
  failures: number
  losses: number
  mark: string | null
  work_ms: number | null
  mark_ms: number | null
  next_in_ms: number | null
}

/** The one row when nothing was taken. */
type NoLease = { loop: null; next_in_ms: number | null }

function leaseOf(row: LeaseRow): Lease {
  const { loop, key, fence, reason, failures, losses, mark, work_ms, mark_ms } = row
  const progress = mark === null ? undefined : { mark, workMs: work_ms ?? 0, markMs: mark_ms ?? 0 }
  return { loop, key, fence: BigInt(fence), reason, failures, losses, progress }
}
