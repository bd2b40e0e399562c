import { meters, type usageRoutes } from "@vibecaas/contract/usage"
import { fault } from "@vibecaas/kernel/fault"
import type { Kind } from "../kind.ts"
import { sumMeters } from "./queries.ts"

/** What was used, as append-only meter events: never estimated, never changed. */
export function makeUsage(): Kind<typeof usageRoutes> {
  return {
    handlers: {
      "GET /organizations/{organizationId}/usage": async ({ ctx, query }) => {
        const period = periodOf(query, ctx.clock.now())
        const sums = new Map(
          (await sumMeters(ctx.db, period)).map(({ meter, quantity }) => [meter, quantity]),
        )
        const totals = Object.entries(meters).map(([meter, unit]) => ({
          meter,
          unit,
          quantity: sums.get(meter) ?? 0,
        }))
        return { from: period.from.toISOString(), to: period.to.toISOString(), totals }
      },
    },
    loops: [],
  }
}

/** From the first of the month (UTC) until now, unless the caller says otherwise. */
function periodOf(
  query: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: Date; to: Date } {
  const to = query.to ? new Date(query.to) : now
  const monthOf = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1))
  const from = query.from ? new Date(query.from) : monthOf(to)
  if (from <= to) return { from, to }
  throw fault("invalid", {
    say: "The period ends before it begins.",
    fields: { "/to": "Choose an end after the beginning." },
  })
}
