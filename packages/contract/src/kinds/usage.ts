import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const usageEventId = idOf("use", "a usage event")

export const meterTotal = z
  .object({
    meter: z.string().meta({ examples: ["machine.seconds"] }),
    name: z.string().meta({ description: "what it counts, in words" }),
    unit: z.string(),
    quantity: z.number(),
  })
  .meta({ id: "MeterTotal" })
export type MeterTotal = z.infer<typeof meterTotal>

/** From when until when; this month where nothing is said. */
export const periodQuery = z.object({ from: instant.optional(), to: instant.optional() })

export const usageRoutes = {
  "GET /organizations/{organizationId}/usage": {
    summary: "Metered totals between two instants (this month by default)",
    access: { ...inOrganization, permission: "usage:read" },
    params: z.object({ organizationId }),
    query: periodQuery,
    reply: {
      status: 200,
      body: z.object({ from: instant, to: instant, totals: z.array(meterTotal) }),
    },
  },
} as const satisfies RouteTable

export const usage = defineKind({
  noun: "usage event",
  about: "What was used, metered and never estimated.",
  parent: "organization",
  ids: { usageEvent: usageEventId },
  may: { "usage:read": ["owner", "admin", "developer", "viewer"] },
  routes: usageRoutes,
})
