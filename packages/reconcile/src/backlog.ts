import type { Pool } from "pg"
import { type Key, parseKey } from "./key.ts"
import type { Cause } from "./limits.ts"

/** What the rows say of a loop, whichever process works on it. */
export interface Backlog {
  loop: string
  /** keys that are due and not at work */
  due: number
  /** since when the one that waits longest does */
  oldestDueAt: Date | undefined
  /** keys that fail, or were given up and not woken since */
  failing: number
  /** those that fail longest, at most 20 */
  failingKeys: FailingKey[]
}

export interface FailingKey {
  key: Key
  since: Date
  /** turns that failed, one after the other */
  failures: number
  /** the last fault, in words for who runs the platform */
  fault: string
  /** the limit that was exceeded, if one was */
  cause: Cause | undefined
  /** false while it is tried again by itself */
  gaveUp: boolean
}

interface BacklogRow {
  loop: string
  due: number
  oldest_due_at: Date | null
  failing: number
  /** times as text: they went through JSON */
  keys: FailingRow[] | null
}

interface FailingRow {
  key: string
  since: string
  failures: number
  fault: string
  cause: Cause | null
  gave_up: boolean
}

/** One entry for each loop, in their order. */
export async function readBacklog(pool: Pool, loops: string[]): Promise<Backlog[]> {
  const { rows } = await pool.query<BacklogRow>(
    `select w.loop, s.due, s.oldest_due_at, s.failing, f.keys
     from unnest($1::text[]) with ordinality as w (loop, place)
     cross join lateral (
       select count(*) filter (where next_at <= now() and holder is null)::int as due,
         min(next_at) filter (where next_at <= now() and holder is null) as oldest_due_at,
         count(fault)::int as failing
       from reconcile_leases where loop = w.loop
     ) s
     cross join lateral (
       select json_agg(k order by since) as keys from (
         select key, failing_since as since, failures, fault, cause, gave_up
         from reconcile_leases where loop = w.loop and fault is not null
         order by failing_since limit 20
       ) k
     ) f
     order by w.place`,
    [loops],
  )
  return rows.map((row) => ({
    loop: row.loop,
    due: row.due,
    oldestDueAt: row.oldest_due_at ?? undefined,
    failing: row.failing,
    failingKeys: (row.keys ?? []).map(failingKeyOf),
  }))
}

function failingKeyOf({ key, since, cause, gave_up, ...row }: FailingRow): FailingKey {
  return {
    ...row,
    key: parseKey(key),
    since: new Date(since),
    cause: cause ?? undefined,
    gaveUp: gave_up,
  }
}
