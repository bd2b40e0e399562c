import { z } from "zod"
import { aiAliases } from "../ai-aliases.ts"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { modelInfo } from "../model-info.ts"
import type { RouteTable } from "../route.ts"
import { inProject, projectId } from "./projects.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const aiCallId = idOf("aic", "a call of a model by an app")

/** What an app may use in a month where nobody says otherwise. */
export const aiUsual = { tokensMax: 1_000_000, centsMax: 500 } as const

const most = z.number().int("Use a whole number.").min(0, "Use 0 or more.")
const limits = {
  tokensMax: most.max(10_000_000_000, "Use at most 10,000,000,000.").meta({
    description: "input and output tokens a month",
  }),
  centsMax: most.max(100_000_000, "Use at most 100,000,000.").meta({
    description: "US cents a month, by list price",
  }),
}

const answering = modelInfo.extend({ alias: z.enum(aiAliases) })

/** Whether a project's app may ask models, what it may use in a month, and what it used. */
export const projectAi = z
  .object({
    organizationId,
    projectId,
    enabled: z.boolean(),
    ...limits,
    used: z.object({ tokens: z.number().int(), cents: z.number(), calls: z.number().int() }).meta({
      description: "since the first of the month (UTC), by the app and its drafts",
    }),
    beginsAnew: instant,
    models: z.array(answering).meta({ description: "what answers to each alias now" }),
    changedAt: instant.nullable().meta({
      description:
        "when it was turned on or off last: an app that was started before has not seen it",
    }),
    changedBy: z.string().nullable(),
    version: z.number().int().meta({ description: "send it as If-Match" }),
  })
  .meta({ id: "ProjectAi" })
export type ProjectAi = z.infer<typeof projectAi>

const chosen = z.string().max(200).nullable().meta({
  description: "`provider:model`; null: what the platform's agents for AI features ask",
})

/** Which models answer the apps of an organization. */
export const aiModels = z
  .object({
    chosen: z.object({ default: chosen, fast: chosen }),
    answering: z.array(answering),
    version: z.number().int().meta({ description: "send it as If-Match" }),
  })
  .meta({ id: "AiModels" })
export type AiModels = z.infer<typeof aiModels>

const params = z.object({ projectId })

export const aiRoutes = {
  "GET /projects/{projectId}/ai": {
    summary: "Whether a project's app may ask models, and what it used this month",
    access: { ...inProject, permission: "project:read" },
    params,
    reply: { status: 200, body: projectAi },
  },
  "PATCH /projects/{projectId}/ai": {
    summary: "Let a project's app ask models, or not, and set what it may use in a month",
    access: { ...inProject, permission: "project:update" },
    params,
    body: z
      .strictObject({ enabled: z.boolean(), ...limits })
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: projectAi },
    faults: ["version_mismatch", "wrong_state"],
    ifMatch: true,
  },
  "GET /organizations/{organizationId}/ai/models": {
    summary: "Which models answer the apps of an organization",
    access: { ...inOrganization, permission: "organization:read" },
    params: z.object({ organizationId }),
    reply: { status: 200, body: aiModels },
  },
  "PATCH /organizations/{organizationId}/ai/models": {
    summary: "Choose which models answer the apps of an organization; their next call follows it",
    access: { ...inOrganization, permission: "organization:update" },
    params: z.object({ organizationId }),
    body: z
      .strictObject({ default: chosen, fast: chosen })
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: aiModels },
    faults: ["invalid", "version_mismatch"],
    ifMatch: true,
  },
} as const satisfies RouteTable

export const ai = defineKind({
  noun: "AI of an app",
  about: "Models that a project's app asks through the platform, within a monthly budget.",
  parent: "project",
  ids: { aiCall: aiCallId },
  events: { "ai.changed": ["project"] },
  routes: aiRoutes,
})
