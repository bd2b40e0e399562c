import { z } from "zod"
import { instant } from "./ids.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import type { RouteTable } from "./route.ts"

const most = z.number().int("Use a whole number.").min(0, "Use 0 or more.").nullable()
const limits = {
  tokensMax: most.meta({ description: "input and output tokens; null: any" }),
  centsMax: most.meta({ description: "US cents by list price; null: any" }),
  minutesMax: most.meta({ description: "of work of its agents; null: any" }),
}

/** What a project's runs may use in a month, and what they used of it since the first (UTC). */
export const projectBudget = z
  .object({
    ...limits,
    used: z.object({ tokens: z.number().int(), cents: z.number(), minutes: z.number() }),
    beginsAnew: instant,
    version: z.number().int().meta({ description: "send it as If-Match" }),
  })
  .meta({ id: "ProjectBudget" })
export type ProjectBudget = z.infer<typeof projectBudget>

const params = z.object({ projectId })

export const budgetRoutes = {
  "GET /projects/{projectId}/budget": {
    summary: "What a project's runs may use in a month, and what they used in this one",
    access: { ...inProject, permission: "run:read" },
    params,
    reply: { status: 200, body: projectBudget },
  },
  "PATCH /projects/{projectId}/budget": {
    summary:
      "Change what a project's runs may use in a month; answers of models from now on follow it",
    access: { ...inProject, permission: "run:govern" },
    params,
    body: z
      .strictObject(limits)
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: projectBudget },
    faults: ["version_mismatch", "wrong_state"],
    ifMatch: true,
  },
} as const satisfies RouteTable
