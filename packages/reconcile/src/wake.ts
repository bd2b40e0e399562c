import { type Key, keyText } from "./key.ts"

/** Anything that sends SQL inside the caller's transaction: a `pg` client or an adapter of one. */
export interface Tx {
  query(sql: string, params: unknown[]): Promise<unknown>
}

export const wakeChannel = "reconcile"

/**
 * Wakes keys exactly when the writer's transaction commits, and not at all if it rolls back.
 *
 * Locks nothing and needs no privilege. If no process listens, the next sweep finds the keys.
 */
export async function wakeInTransaction(
  tx: Tx,
  wakes: readonly { loop: string; key: Key }[],
): Promise<void> {
  await tx.query(
    `select pg_notify('${wakeChannel}', json_build_object(
       'loop', w.loop, 'key', w.key, 'xid', pg_current_xact_id()::text)::text)
     from unnest($1::text[], $2::text[]) as w (loop, key)`,
    [wakes.map(({ loop }) => loop), wakes.map(({ key }) => keyText(key))],
  )
}

export interface Wake {
  loop: string
  key: string
  xid: string
}

/** `undefined` when the payload is not ours */
export function parseWake(payload: string): Wake | undefined {
  try {
    const value: unknown = JSON.parse(payload)
    if (typeof value !== "object" || value === null) return undefined
    const { loop, key, xid } = value as Record<string, unknown> // an object, just checked
    if (typeof loop !== "string" || typeof key !== "string" || typeof xid !== "string")
      return undefined
    return { loop, key, xid }
  } catch {
    return undefined
  }
}
