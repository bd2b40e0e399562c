import type { Tx } from "../db/tenant.ts"

export interface KeptReply {
  bodyHash: string
  status: number
  reply: string | null
  fresh: boolean
}

/** Takes the key for this transaction; false while another one holds it. */
export async function tryLockKey(tx: Tx, name: string): Promise<boolean> {
  const text = "select pg_try_advisory_xact_lock(hashtextextended($1, 7301)) as taken"
  const [row] = await tx.query<{ taken: boolean }>({ name: "idempotency_lock", text }, [name])
  return row?.taken === true
}

/** @param key organization, actor, route, key */
export async function findKeptReply(
  tx: Tx,
  key: readonly string[],
): Promise<KeptReply | undefined> {
  const text = `
    select body_hash as "bodyHash", status, reply, created_at > now() - interval '24 hours' as fresh
    from idempotency_keys
    where organization_id = $1 and actor_id = $2 and route = $3 and key = $4`
  const [row] = await tx.query<KeptReply>({ name: "idempotency_find", text }, key)
  return row
}

/** Keeps an answer for 24 hours and drops the organization's older ones. */
export async function keepReply(
  tx: Tx,
  key: readonly string[],
  kept: Omit<KeptReply, "fresh">,
): Promise<void> {
  const sweep = `
    delete from idempotency_keys
    where organization_id = $1 and created_at <= now() - interval '24 hours'`
  await tx.query({ name: "idempotency_sweep", text: sweep }, key.slice(0, 1))
  const text = `
    insert into idempotency_keys
      (organization_id, actor_id, route, key, body_hash, status, reply)
    values ($1, $2, $3, $4, $5, $6, $7)`
  const values = [...key, kept.bodyHash, kept.status, kept.reply]
  await tx.query({ name: "idempotency_keep", text }, values)
}
