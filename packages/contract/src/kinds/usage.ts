import { z } from "zod"
import { instant, organizationId } from "../ids.ts"
import type { RouteTable } from "../route.ts"

/** Meters and their units. */
export const meters = {
  "microvm.seconds": "seconds",
  "agent.tokens.input": "tokens",
  "agent.tokens.output": "tokens",
  "agent.milliseconds": "milliseconds",
} as const
export type Meter = keyof typeof meters

export const meterTotal = z
  .object({ meter: z.string(), unit: z.string(), quantity: z.number() })
  .meta({ id: "MeterTotal" })

export const usageRoutes = {
  "GET /organizations/{organizationId}/usage": {
    summary: "Metered totals between two instants (this month by default)",
    access: { by: "object", object: "organization", permission: "usage:read" },
    params: z.object({ organizationId }),
    query: z.object({ from: instant.optional(), to: instant.optional() }),
    reply: {
      status: 200,
      body: z.object({ from: instant, to: instant, totals: z.array(meterTotal) }),
    },
  },
} as const satisfies RouteTable
