import type { Fenced, ReadTx } from "./fence.ts"
import { keyText } from "./key.ts"

/**
 * A slot is the right to be one of `limit` things at work in a pool, oldest request first.
 *
 * It outlasts turns: a store that takes ten minutes to provision holds one over many. It belongs to
 * the key, so whoever continues after a crash has it still. It is given back by the turn that
 * answers otherwise than `working`, and by giving up; a place in the queue is left by `done` only.
 */
export interface SlotPool {
  /** e.g. `stores.provisioning` */
  pool: string
  /** how many may hold a slot at once */
  limit: number
}

/** `position` counts from 1 among those waiting. */
export type Slot = { granted: true } | { granted: false; position: number }

/** The key of a turn, or of whatever asks on its behalf. */
export type SlotKey = Pick<Fenced, "loop" | "key">

/**
 * Asks for a slot, or asks whether it is still held; call it in the transaction that acts on the
 * answer. Who is refused answers `again(…)`, and is woken when it is the first and one is free.
 */
export async function takeSlot(
  tx: ReadTx,
  { loop, key }: SlotKey,
  { pool, limit }: SlotPool,
): Promise<Slot> {
  await tx.query("select pg_advisory_xact_lock(hashtext('reconcile_slots'), hashtext($1))", [pool])
  await tx.query(
    "insert into reconcile_slots (pool, loop, key) values ($1, $2, $3) on conflict do nothing",
    [pool, loop, keyText(key)],
  )
  const { rows } = await tx.query(
    `update reconcile_slots s set held = true
     where pool = $1 and loop = $2 and key = $3 and (held or
       (select count(*) from reconcile_slots o
        where o.pool = $1 and (o.held or o.turn < s.turn)) < $4)
     returning 1`,
    [pool, loop, keyText(key), limit],
  )
  if (rows.length > 0) return { granted: true }
  return { granted: false, position: (await slotPosition(tx, { loop, key }, pool)) ?? 1 }
}

/** Place among those waiting, from 1; `undefined` for who holds a slot or does not wait. */
export async function slotPosition(
  tx: ReadTx,
  { loop, key }: SlotKey,
  pool: string,
): Promise<number | undefined> {
  const { rows } = await tx.query(
    `select count(*)::int as position from reconcile_slots s
     join reconcile_slots o on o.pool = s.pool and not o.held and o.turn <= s.turn
     where s.pool = $1 and s.loop = $2 and s.key = $3 and not s.held`,
    [pool, loop, keyText(key)],
  )
  const position = Number(rows[0]?.position ?? 0)
  return position === 0 ? undefined : position
}

/** Gives the slot back before the turn ends, or stops waiting. */
export async function giveSlotBack(
  tx: ReadTx,
  { loop, key }: SlotKey,
  pool: string,
): Promise<void> {
  await tx.query("delete from reconcile_slots where pool = $1 and loop = $2 and key = $3", [
    pool,
    loop,
    keyText(key),
  ])
}
