import type { ReadTx } from "./fence.ts"

/**
 * A slot is the right to be one of `limit` things at work in a pool, oldest request first.
 *
 * Slots live in rows and outlast turns: a store that takes ten minutes to provision holds one slot
 * over many turns. Both holders and waiters must ask again within `leaseMs`, else they are
 * forgotten: a slot is never leaked by a crash, and a waiter that went away stops nobody.
 */
export interface SlotRequest {
  /** name of the pool, e.g. `stores.provisioning` */
  pool: string
  /** who asks; asking again renews */
  key: string
  /** how many may hold a slot at once */
  limit: number
  leaseMs: number
}

/** `position` counts from 1 among those waiting. */
export type Slot = { granted: true } | { granted: false; position: number }

/** Asks for a slot, or renews it; call it in the transaction that acts on the answer. */
export async function takeSlot(tx: ReadTx, request: SlotRequest): Promise<Slot> {
  const { pool, key, limit, leaseMs } = request
  await tx.query("select pg_advisory_xact_lock(hashtext('reconcile_slots'), hashtext($1))", [pool])
  await tx.query(
    `insert into reconcile_slots as s (pool, key, expires_at)
     values ($1, $2, clock_timestamp() + $3 * interval '1 ms')
     on conflict (pool, key) do update set expires_at = excluded.expires_at,
       held = s.held and s.expires_at > clock_timestamp()`,
    [pool, key, leaseMs],
  )
  const { rows } = await tx.query(
    `update reconcile_slots set held = true where pool = $1 and key = $2 and (held or
       (select count(*) from reconcile_slots o where o.pool = $1 and o.expires_at > clock_timestamp()
          and (o.held or o.turn < reconcile_slots.turn)) < $3)
     returning 1`,
    [pool, key, limit],
  )
  if (rows.length > 0) return { granted: true }
  return { granted: false, position: (await slotPosition(tx, { pool, key })) ?? 1 }
}

/** Place among those waiting, from 1; `undefined` for who holds a slot or does not wait. */
export async function slotPosition(
  tx: ReadTx,
  { pool, key }: { pool: string; key: string },
): Promise<number | undefined> {
  const { rows } = await tx.query(
    `select count(o.key)::int as position from reconcile_slots s
     join reconcile_slots o on o.pool = s.pool and not o.held and o.turn <= s.turn
       and o.expires_at > clock_timestamp()
     where s.pool = $1 and s.key = $2 and not s.held and s.expires_at > clock_timestamp()`,
    [pool, key],
  )
  const position = Number(rows[0]?.position ?? 0)
  return position === 0 ? undefined : position
}

/** Gives the slot back, or stops waiting. */
export async function giveSlotBack(
  tx: ReadTx,
  { pool, key }: { pool: string; key: string },
): Promise<void> {
  await tx.query(
    `delete from reconcile_slots where pool = $1 and (key = $2
       or expires_at < clock_timestamp() - interval '1 day')`,
    [pool, key],
  )
}
