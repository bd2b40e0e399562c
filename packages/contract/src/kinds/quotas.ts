import { z } from "zod"
import { defineKind } from "../kind.ts"
import { plans } from "../plans.ts"
import type { RouteTable } from "../route.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const quota = z
  .object({
    resource: z.string().meta({ examples: ["machine_memory_mib"] }),
    name: z.string().meta({ description: "what is limited, in words" }),
    used: z.number().int(),
    limit: z.number().int(),
  })
  .meta({ id: "Quota" })

/** How often an organization may call. */
export const rate = quota.omit({ used: true }).meta({ id: "PlanRate" })

const params = z.object({ organizationId })
const reply = {
  status: 200,
  body: z.object({ plan: z.enum(plans), quotas: z.array(quota), rates: z.array(rate) }),
} as const

export const quotaRoutes = {
  "GET /organizations/{organizationId}/quotas": {
    summary: "What the organization uses of each limit, and how often it may call",
    access: { ...inOrganization, permission: "quota:read" },
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

export const quotas = defineKind({
  noun: "quota",
  about: "Limits of an organization's plan, and what it uses of them.",
  parent: "organization",
  may: { "quota:read": ["owner", "admin", "developer", "viewer"] },
  routes: quotaRoutes,
})
