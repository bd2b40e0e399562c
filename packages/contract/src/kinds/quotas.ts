import { z } from "zod"
import { organizationId } from "../ids.ts"
import type { RouteTable } from "../route.ts"

/** Things that an organization can have a limited number or amount of. */
export const resources = ["projects", "microvms", "microvm_memory_mib", "concurrent_runs"] as const
export type Resource = (typeof resources)[number]

/** Limits of each plan; the amount's unit is in the resource's name. */
export const planLimits = {
  starter: { projects: 10, microvms: 10, microvm_memory_mib: 4096, concurrent_runs: 2 },
  pro: { projects: 50, microvms: 50, microvm_memory_mib: 16384, concurrent_runs: 5 },
  team: { projects: 1000, microvms: 200, microvm_memory_mib: 131072, concurrent_runs: 20 },
} as const satisfies Record<string, Record<Resource, number>>
export type Plan = keyof typeof planLimits
/** Plans by name, smallest first. */
export const plans = ["starter", "pro", "team"] as const satisfies readonly Plan[]

export const quota = z
  .object({ resource: z.enum(resources), used: z.number().int(), limit: z.number().int() })
  .meta({ id: "Quota" })

const params = z.object({ organizationId })
const reply = {
  status: 200,
  body: z.object({ plan: z.enum(plans), quotas: z.array(quota) }),
} as const

export const quotaRoutes = {
  "GET /organizations/{organizationId}/quotas": {
    summary: "What the organization uses of each limit",
    access: { by: "object", object: "organization", permission: "quota:read" },
    params,
    reply,
  },
  "PUT /organizations/{organizationId}/plan": {
    summary: "Put any organization on another plan; answers its limits",
    access: { by: "platform-admin" },
    params,
    body: z.strictObject({ plan: z.enum(plans, "A plan is starter, pro or team.") }),
    reply,
    faults: ["not_found"],
  },
} as const satisfies RouteTable
