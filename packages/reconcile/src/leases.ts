import type { BackoffOptions } from "@vibecaas/kernel/backoff"
import type { Pool } from "pg"
import { type Cause, faultInWords, holderLost, type Progress } from "./limits.ts"

/**
 * The rows behind the loops: when a key is due, who has it, and under which fencing number.
 *
 * Every statement stands alone, and time is always the database's, so processes need no common
 * clock. They are the queue: whoever has room takes the leases of keys that are due.
 */
export type Reason = "wake" | "sweep" | "again" | "retry"

/** Who takes leases: `holder` is stable over restarts, `instance` is new at each. */
export interface Holder {
  holder: string
  instance: string
}

export interface Mark {
  key: string
  /** the transaction that woke the key, if it was woken in one */
  xid?: string | undefined
}

/**
 * Makes keys due now.
 *
 * A wake whose transaction was visible when the key's last turn began tells nothing new: it is the
 * same notification arriving at a second process. A sweep neither cuts a back-off short nor asks
 * for another turn of a key that has one.
 */
export async function markDue(
  pool: Pool,
  where: { loop: string; reason: Reason },
  marks: Mark[],
): Promise<void> {
  await pool.query(
    `insert into reconcile_leases as l (loop, key, next_at, reason, wake_xid)
     select $1, m.key, now(), $2, m.xid::xid8
     from unnest($3::text[], $4::text[]) as m (key, xid) order by m.key
     on conflict (loop, key) do update set
       next_at = now(), reason = excluded.reason, wake_xid = excluded.wake_xid, touched_at = now()
     where (l.next_at is null or l.next_at > now())
       and (excluded.wake_xid is null or l.seen is null
         or not pg_visible_in_snapshot(excluded.wake_xid, l.seen))
       and not (excluded.reason = 'sweep' and (coalesce(l.expires_at > now(), false)
         or (l.failures > 0 and l.next_at is not null)))`,
    [where.loop, where.reason, marks.map(({ key }) => key), marks.map(({ xid }) => xid ?? null)],
  )
}

/** What the loop's status shows of a turn that had no chance to say how it ended. */
const showLost = `failing_since = coalesce(failing_since, now()),
  fault = '${faultInWords(holderLost)}'`

/** When a key is due whose turns ended with their process: after the first at once. */
const dueWhenLost = ({ delayMs, delayMsMax = 60_000 }: BackoffOptions) =>
  `now() + case when l.losses = 0 then 0 else least(${delayMs} * 2 ^ l.losses,
     ${delayMsMax}) end * interval '1 ms'`

/** Keys whose holder went silent are due again. */
export async function reclaimLeases(
  pool: Pool,
  loops: string[],
  backoff: BackoffOptions,
): Promise<void> {
  await pool.query(
    `with silent as (
       select loop, key from reconcile_leases
       where loop = any($1) and holder is not null and expires_at <= now() and next_at is null
       for no key update skip locked
     )
     update reconcile_leases l
     set next_at = ${dueWhenLost(backoff)}, reason = 'retry', ${showLost}
     from silent where l.loop = silent.loop and l.key = silent.key`,
    [loops],
  )
}

export interface Lease {
  loop: string
  key: string
  fence: bigint
  reason: Reason
  /** turns that threw or never ended, one after the other, before this one */
  failures: number
  /** how many of the last of them never ended: their process did */
  losses: number
  /** of the work under way when the turn began, if any was */
  progress: Progress | undefined
}

/** Renews by fence; answers the fences that are still held. An expired lease nobody took is kept. */
export async function renewLeases(
  pool: Pool,
  fences: bigint[],
  leaseMs: number,
): Promise<Set<bigint>> {
  const { rows } = await pool.query<{ fence: string }>(
    `with held as (
       select loop, key from reconcile_leases
       where holder is not null and fence = any($1::bigint[])
       order by loop, key for no key update
     )
     update reconcile_leases l set expires_at = now() + $2 * interval '1 ms'
     from held where l.loop = held.loop and l.key = held.key and l.fence = any($1::bigint[])
     returning l.fence`,
    [fences.map(String), leaseMs],
  )
  return new Set(rows.map(({ fence }) => BigInt(fence)))
}

export interface Outcome {
  /**
   * `rest`: nothing is under way or failing; `working`: reached `mark`; `failed`, `given-up`: with
   * `fault`; `interrupted`: as if there had been no turn
   */
  kind: "rest" | "working" | "failed" | "given-up" | "interrupted"
  failures: number
  /** when to come back, in `ms`; `null` waits for a wake or a sweep */
  afterMs: number | null
  reason: Reason
  /** how long the turn took, in `ms`: work is under way since the turn that said so first began */
  elapsedMs: number
  mark?: string
  /** in words, for the loop's status */
  fault?: string
  /** the limit that was exceeded, if one was */
  cause?: Cause | undefined
}

/** Ends a turn. Answers the `ms` until the key is due, `null` for never, `undefined` if the lease was lost. */
export async function releaseLease(
  pool: Pool,
  of: { loop: string; key: string; fence: bigint },
  outcome: Outcome,
): Promise<number | null | undefined> {
  const { kind, failures, afterMs, reason, elapsedMs, mark, fault, cause } = outcome
  const { rows } = await pool.query<{ in_ms: number | null }>(
    `update reconcile_leases set
       holder = null, instance = null, expires_at = null, failures = $4,
       reason = case when next_at <= coalesce(now() + $5::float8 * interval '1 ms', 'infinity')
         then reason else $6 end,
       next_at = least(next_at, now() + $5::float8 * interval '1 ms'),
       work_since = case $7 when 'working' then
           coalesce(work_since, now() - $8::float8 * interval '1 ms')
         when 'rest' then null when 'given-up' then null else work_since end,
       mark_since = case when $7 = 'working' and mark is distinct from $9 then now()
         when $7 in ('rest', 'given-up') then null else mark_since end,
       mark = case $7 when 'working' then $9
         when 'rest' then null when 'given-up' then null else mark end,
       failing_since = case when $7 in ('failed', 'given-up') then coalesce(failing_since, now())
         when $7 = 'interrupted' then failing_since end,
       fault = case $7 when 'interrupted' then fault else $10 end,
       cause = case $7 when 'interrupted' then cause else $11 end,
       gave_up = $7 = 'given-up',
       losses = case when $7 in ('interrupted', 'given-up') then losses else 0 end,
       touched_at = now()
     where loop = $1 and key = $2 and fence = $3 and holder is not null
     returning case when next_at is not null
       then greatest(0, extract(epoch from next_at - now()) * 1000)::float8 end as in_ms`,
    [
      ...[of.loop, of.key, of.fence, failures, afterMs, reason],
      ...[kind, elapsedMs, mark ?? null, fault ?? null, cause ?? null],
    ],
  )
  return rows[0]?.in_ms
}

/** Ends at once the leases left by an earlier instance of this holder: it cannot be alive any more. */
export async function endPreviousLeases(
  pool: Pool,
  { holder, instance }: Holder,
  backoff: BackoffOptions,
): Promise<void> {
  await pool.query(
    `update reconcile_leases l
     set expires_at = now(), next_at = ${dueWhenLost(backoff)}, reason = 'retry', ${showLost}
     where holder = $1 and instance <> $2`,
    [holder, instance],
  )
  // Snapshots mean nothing in a database that was restored from a dump: better one turn too many.
  await pool.query("update reconcile_leases set seen = null where seen is not null")
}

/** Lets others continue at once what this instance leaves unfinished: no failure of its work. */
export async function abandonLeases(pool: Pool, instance: string): Promise<void> {
  await pool.query(
    `update reconcile_leases set holder = null, instance = null, expires_at = null,
       next_at = now(), reason = 'retry'
     where instance = $1`,
    [instance],
  )
}

/** Drops what is left of loops that no longer exist; those of a newer version beside us are not old. */
export async function forgetLoops(pool: Pool, loops: string[]): Promise<void> {
  await pool.query(
    `with forgotten as (
       delete from reconcile_sweeps
       where loop <> all($1) and swept_at < now() - interval '1 day' returning loop
     )
     delete from reconcile_leases l using forgotten f where l.loop = f.loop`,
    [loops],
  )
}

/** True for one process per period; also drops rows at rest for a day, and given up for a week. */
export async function claimSweep(
  pool: Pool,
  loop: string,
  options: { everyMs: number; force: boolean },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into reconcile_sweeps as s (loop, swept_at) values ($1, now())
     on conflict (loop) do update set swept_at = now()
     where $3 or s.swept_at <= now() - $2 * 0.9 * interval '1 ms'`,
    [loop, options.everyMs, options.force],
  )
  if (!rowCount) return false
  await pool.query(
    `delete from reconcile_leases where loop = $1 and next_at is null and holder is null
       and touched_at < now() - case when gave_up then interval '7 days' else interval '1 day' end`,
    [loop],
  )
  return true
}
