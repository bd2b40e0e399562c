import type { Ctx } from "../core/ctx.ts"
import { meter } from "../usage/index.ts"
import { updateStore } from "./queries/stores.ts"
import type { StoreRow } from "./store.ts"

/**
 * Meters a store's time since it was metered last, in whole seconds. The start of the period names the
 * fact, so a turn that is repeated after a crash meters nothing twice.
 */
export async function meterStore(ctx: Ctx, row: StoreRow): Promise<void> {
  if (row.meteredUntil === null) return
  const from = row.meteredUntil
  const seconds = Math.floor((ctx.clock.now().getTime() - from.getTime()) / 1000)
  if (seconds < 1) return
  await meter(ctx, {
    ...{ meter: "store.seconds", quantity: seconds, subject: row.id },
    sourceKey: `${row.id}:${from.toISOString()}`,
  })
  await updateStore(ctx.db, row.id, { meteredUntil: new Date(from.getTime() + seconds * 1000) })
}
