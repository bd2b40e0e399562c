import type { Meter } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { insertEvent } from "./queries.ts"

export interface Measured {
  meter: Meter
  /** whole units of the meter, e.g. seconds; never negative */
  quantity: number
  /**
   * Names the fact, e.g. `vm_…:2026-01-01T00:00:00Z`: recording the same fact again, as after a
   * crash, counts once.
   */
  sourceKey: string
  /** id of what used it */
  subject: string
}

/** Adds to a meter, in the transaction of what is metered; false when the fact was known already. */
export async function meter(ctx: Ctx, measured: Measured): Promise<boolean> {
  const { quantity } = measured
  invariant(
    Number.isSafeInteger(quantity) && quantity >= 0,
    `a meter counts whole units: ${quantity}`,
  )
  return insertEvent(ctx.db, {
    ...measured,
    id: ctx.newId("use"),
    organizationId: ctx.organizationId,
    at: ctx.clock.now(),
  })
}
