import { z } from "zod"
import { instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { roleModel } from "../model-info.ts"
import { modelDay, modelMetrics } from "../model-metrics.ts"
import type { RouteTable } from "../route.ts"
import { agentRoles } from "./agents.ts"
import { inOrganization, organizationId } from "./tenants.ts"
import { periodQuery } from "./usage.ts"

/** Who serves models, and how this installation reaches it. Its key is taken and never shown. */
export const modelProvider = z
  .object({
    name: z.string().meta({ description: "the word before the colon in `openai:gpt-5`" }),
    maker: z.string(),
    needs: z.enum(["key", "address"]).meta({ description: "without which it cannot be asked" }),
    from: z.enum(["here", "environment"]).nullable().meta({
      description: "where its key and address come from; what is set here wins; null: nowhere",
    }),
    hasKey: z.boolean().meta({ description: "whether one is set; nothing of it is told" }),
    address: z.string().nullable().meta({ description: "null: its maker's own" }),
    usual: z.string().nullable().meta({ description: "its model when a role has none" }),
    models: z.array(z.string()).meta({ description: "whose price is known here" }),
    wrong: z.string().nullable().meta({ description: "why what is kept cannot be used" }),
    setAt: instant.nullable(),
    setBy: z.string().nullable(),
  })
  .meta({ id: "ModelProvider" })
export type ModelProviderStatus = z.infer<typeof modelProvider>

const modelName = z
  .string()
  .trim()
  .min(1, "Name a model.")
  .max(200, "Use at most 200 characters.")
  .regex(/^[^\s,]+$/, "Write one model's name, without spaces.")

/** One short answer that a provider was asked for, or why there was none. */
export const modelTrial = z
  .object({
    ok: z.boolean(),
    model: z.string(),
    say: z.string().meta({ description: "what was answered, or the provider's fault in words" }),
    tookMs: z.number().int(),
  })
  .meta({ id: "ModelTrial" })
export type ModelTrial = z.infer<typeof modelTrial>

const oneModel = "[a-z]+(:[^\\s,]+)?"
const tokens = (least: number) =>
  z
    .int("Use a whole number.")
    .min(least, `Use at least ${least.toLocaleString("en")}.`)
    .max(100_000_000, "Use at most 100,000,000.")
    .nullable()

/** What people set of a role; null: as the environment, or else the platform, has it. */
export const roleSettings = z.strictObject({
  models: z
    .string()
    .trim()
    .max(500, "Use at most 500 characters.")
    .regex(
      new RegExp(`^${oneModel}(\\s*,\\s*${oneModel})*$`),
      "Write provider:model, for example openai:gpt-5; those that take over after commas.",
    )
    .nullable(),
  temperature: z.number().min(0, "Use 0 to 2.").max(2, "Use 0 to 2.").nullable().meta({
    description: "how freely its models choose their words; null: as each of them has it",
  }),
  outputTokensMax: tokens(500).meta({ description: "of one answer" }),
  tokensMax: tokens(1000).meta({ description: "of one task, read and written" }),
  centsMax: z
    .int("Use a whole number.")
    .min(1, "Use at least 1.")
    .max(1_000_000, "Use at most 1,000,000.")
    .nullable()
    .meta({ description: "US cents of one task by list prices; null: its run's alone" }),
})
export type RoleSettings = z.infer<typeof roleSettings>

/** What a role's agents ask, who said so, and what was set of it. */
export const modelRole = z
  .object({
    role: z.enum(agentRoles),
    asks: roleModel,
    from: z.enum(["here", "environment", "recommended", "offline"]),
    set: roleSettings,
    usual: z.object({
      models: z.string().meta({ description: "its line when none is set here" }),
      outputTokensMax: z.number().int(),
      tokensMax: z.number().int(),
    }),
    setAt: instant.nullable(),
    setBy: z.string().nullable(),
  })
  .meta({ id: "ModelRole" })
export type ModelRoleStatus = z.infer<typeof modelRole>

const admin = { by: "platform-admin" } as const
const params = z.object({ provider: z.string().max(40) })

export const modelRoutes = {
  "GET /models/providers": {
    summary: "Who serves models here, and whose key is set",
    access: admin,
    reply: { status: 200, body: z.object({ items: z.array(modelProvider) }) },
  },
  "PUT /models/providers/{provider}": {
    summary: "Set a provider's key and address, in place of both that were there",
    access: admin,
    params,
    body: z.strictObject({
      key: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]*$/, "A key has no spaces and no special letters.")
        .min(1, "Paste the key.")
        .max(500, "Use at most 500 characters.")
        .optional(),
      address: z
        .url({ protocol: /^https?$/, error: "Use an http or https address." })
        .max(500, "Use at most 500 characters.")
        .regex(/^[^@?#]*$/, "Use an address without a user, a query or a fragment.")
        .optional(),
    }),
    reply: { status: 200, body: modelProvider },
    faults: ["not_found", "invalid"],
  },
  "DELETE /models/providers/{provider}": {
    summary: "Forget what was set here; the environment's counts again",
    access: admin,
    params,
    reply: { status: 200, body: modelProvider },
    faults: ["not_found"],
  },
  "POST /models/providers/{provider}/test": {
    summary: "Ask a provider for one short answer",
    access: admin,
    params,
    body: z.strictObject({
      model: modelName.optional().meta({ description: "a small one of the provider when absent" }),
    }),
    reply: { status: 200, body: modelTrial },
    faults: ["not_found", "invalid"],
  },
  "GET /models/roles": {
    summary: "Which models each role asks, and how",
    access: admin,
    reply: { status: 200, body: z.object({ items: z.array(modelRole) }) },
  },
  "PUT /models/roles/{role}": {
    summary: "Set how a role works; it counts from its next task on",
    access: admin,
    params: z.object({ role: z.enum(agentRoles) }),
    body: roleSettings,
    reply: { status: 200, body: modelRole },
    faults: ["invalid"],
  },
  "GET /organizations/{organizationId}/models/metrics": {
    summary: "How agents and models did between two instants (this month by default)",
    access: { ...inOrganization, permission: "usage:read" },
    params: z.object({ organizationId }),
    query: periodQuery,
    reply: {
      status: 200,
      body: z.object({
        from: instant,
        to: instant,
        models: z.array(modelMetrics),
        days: z.array(modelDay),
      }),
    },
  },
} as const satisfies RouteTable

export const models = defineKind({
  noun: "model provider",
  about: "Who serves models, which of them each role asks, and how they do.",
  routes: modelRoutes,
})
