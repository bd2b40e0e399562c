import { type Meter, meters } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { monthOf } from "../core/month.ts"
import { sumMeters, sumOf } from "./queries.ts"

export interface Period {
  from: Date
  /** not part of it */
  to: Date
}

/** The total of every meter in a period, also of those that stand at nothing. */
export async function sumUsage(ctx: Ctx, period: Period) {
  const sums = await sumMeters(ctx.db, period)
  const quantities = new Map(sums.map(({ meter, quantity }) => [meter, quantity]))
  return Object.entries(meters).map(([meter, { name, unit }]) => ({
    meter,
    name,
    unit,
    quantity: quantities.get(meter) ?? 0,
  }))
}

/** What one meter counted since the first of the month (UTC). */
export function meteredThisMonth(ctx: Ctx, of: readonly Meter[]): Promise<number> {
  return sumOf(ctx.db, of, monthOf(ctx.clock.now()))
}

/**
 * From the first of the month (UTC) until now, unless the caller says otherwise.
 *
 * @throws Fault `invalid` when it ends before it begins
 */
export function periodOf(
  asked: { from?: string | undefined; to?: string | undefined },
  now: Date,
): Period {
  const to = asked.to ? new Date(asked.to) : now
  const from = asked.from ? new Date(asked.from) : monthOf(to)
  if (from <= to) return { from, to }
  throw fault("invalid", {
    say: "The period ends before it begins.",
    fields: { "/to": "Choose an end after the beginning." },
  })
}
