import { z } from "zod"
import { instant } from "./ids.ts"
import { projectId } from "./kinds/projects.ts"
import { inOrganization, organizationId } from "./kinds/tenants.ts"
import type { RouteTable } from "./route.ts"

/** Of an organization's projects, so many are told: those that cost most. */
export const projectsUsedMax = 200

/** What one project used in a month. */
export const projectUse = z
  .object({
    projectId,
    name: z.string(),
    machineSeconds: z.number().meta({ description: "of machines that are there still" }),
    agentSeconds: z.number().meta({ description: "that its agents worked" }),
    tokens: z.number().int(),
    cents: z.number().meta({ description: "US cents by list price" }),
  })
  .meta({ id: "ProjectUse" })
export type ProjectUse = z.infer<typeof projectUse>

export const projectUseRoutes = {
  "GET /organizations/{organizationId}/usage/projects": {
    summary: "What each project used in a month (UTC; this one by default), the dearest first",
    access: { ...inOrganization, permission: "usage:read" },
    params: z.object({ organizationId }),
    query: z.object({
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "Write a month like 2026-01.")
        .optional(),
    }),
    reply: {
      status: 200,
      body: z.object({ from: instant, to: instant, items: z.array(projectUse) }),
    },
  },
} as const satisfies RouteTable
