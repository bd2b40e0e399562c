import { fault } from "@vibecaas/kernel/fault"
import { type Key, keyText } from "./key.ts"

/** What identifies a turn's lease. */
export interface Fenced {
  loop: string
  key: Key
  fence: bigint
}

/** Sends SQL in the caller's transaction and answers its rows. */
export interface ReadTx {
  query(sql: string, params: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

/**
 * The three arguments of the SQL function `reconcile_fence_current(loop, key, fence)`, for use in a
 * write's own `where`, e.g. `update ... where id = $1 and reconcile_fence_current($2, $3, $4)`.
 */
export function fenceArguments(turn: Fenced): [loop: string, key: string, fence: bigint] {
  return [turn.loop, keyText(turn.key), turn.fence]
}

/**
 * Stops a worker that slept: call it first in every transaction in which a turn writes. While the
 * transaction lasts the lease cannot pass to another worker.
 *
 * @throws Fault `lease_lost`
 */
export async function assertFence(tx: ReadTx, turn: Fenced): Promise<void> {
  const { rows } = await tx.query(
    "select reconcile_fence_current($1, $2, $3) as current",
    fenceArguments(turn),
  )
  if (rows[0]?.current !== true) throw leaseLost(turn)
}

/** Retryable: whoever has the lease now carries on. */
export function leaseLost(turn: Fenced) {
  return fault("lease_lost", {
    say: "Another worker has taken over this work.",
    note: `fence ${turn.fence} of ${turn.loop} ${keyText(turn.key)} is not current`,
    retryable: true,
  })
}
