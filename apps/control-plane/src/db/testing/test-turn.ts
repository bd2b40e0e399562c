import { silentLog } from "@vibecaas/kernel/log"
import { type Key, keyText } from "@vibecaas/reconcile/key"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Pool } from "pg"

/**
 * A turn with a lease of its own, as a worker of the loops has it; whoever had the key loses it.
 *
 * @param adminPool of a test database
 */
export async function testTurn(
  adminPool: Pick<Pool, "query">,
  of: { loop: string; key: Key },
): Promise<Turn> {
  const { rows } = await adminPool.query<{ fence: string }>(
    `insert into reconcile_leases as l (loop, key, reason, holder, instance, expires_at)
     values ($1, $2, 'sweep', 'test', 'test', now() + interval '1 hour')
     on conflict (loop, key) do update set fence = nextval('reconcile_fence'),
       holder = 'test', instance = 'test', expires_at = excluded.expires_at
     returning fence`,
    [of.loop, keyText(of.key)],
  )
  return {
    ...of,
    reason: "sweep",
    signal: new AbortController().signal,
    log: silentLog,
    fence: BigInt(rows[0]?.fence ?? 0),
    onWake: () => {},
    correction: () => {},
  }
}
