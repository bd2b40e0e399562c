import type { Kind } from "../core/kind.ts"
import { periodOf, sumUsage } from "./sum-usage.ts"

/** What was used, as append-only meter events: never estimated, never changed. */
export function makeUsage(): Kind<"usage"> {
  return {
    handlers: {
      "GET /organizations/{organizationId}/usage": async ({ ctx, query }) => {
        const period = periodOf(query, ctx.clock.now())
        const totals = await sumUsage(ctx, period)
        return { from: period.from.toISOString(), to: period.to.toISOString(), totals }
      },
    },
    loops: [],
  }
}
