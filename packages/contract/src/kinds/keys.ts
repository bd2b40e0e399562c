import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import { tokenRoutes } from "../token-routes.ts"
import { projectId } from "./projects.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const apiKeyId = idOf("key", "an API key")
export const apiKeySecretId = idOf("kse", "a secret of an API key")

/** `expired` its time is over: it opens nothing and can only be revoked. */
export const apiKeyStates = ["active", "expired"] as const

/** Ready-made sets of permissions: to look, to build as a developer does, all that its maker may. */
export const keyPresets = ["read", "build", "full"] as const
export type KeyPreset = (typeof keyPresets)[number]

/** Longest life of a key, in days; one can also be made without an end. */
const daysMax = 366
/** How long the secret before may be used beside the new one, in hours. */
export const overlapHoursMax = 168
/** projects that a key can be limited to */
const projectsMax = 50

const secret = z.object({
  ending: z.string().meta({ description: "its last four characters, to tell it by" }),
  createdAt: instant,
  endsAt: instant
    .nullable()
    .meta({ description: "when it opens nothing more; null: with its key" }),
})

export const apiKey = z
  .object({
    id: apiKeyId,
    organizationId,
    name: z.string(),
    state: z.enum(apiKeyStates),
    permissions: z.array(z.string()).meta({ examples: [["project:read", "run:start"]] }),
    projects: z
      .array(z.object({ id: projectId, name: z.string().nullable() }))
      .nullable()
      .meta({ description: "what it is limited to; a project without a name is gone. null: all" }),
    secrets: z.array(secret).meta({ description: "that open it now, the newest first" }),
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable().meta({ description: "to the minute" }),
    createdBy: z.string(),
    creatorLeft: z.boolean().meta({ description: "who made it is no member any more" }),
    createdAt: instant,
  })
  .meta({ id: "ApiKey" })
export type ApiKey = z.infer<typeof apiKey>

/** A key with its secret, which is told once and never again. */
const withSecret = z
  .object({ key: apiKey, secret: z.string().meta({ description: "shown only now; keep it safe" }) })
  .meta({ id: "ApiKeyWithSecret" })
export type ApiKeyWithSecret = z.infer<typeof withSecret>

const params = z.object({ organizationId })
const ofKey = z.object({ keyId: apiKeyId })
const manage = {
  by: "object",
  object: "api_key",
  from: "keyId",
  permission: "api_key:manage",
} as const

export const keyRoutes = {
  "GET /organizations/{organizationId}/api-keys": {
    summary: "API keys of an organization, newest first",
    access: { ...inOrganization, permission: "api_key:read" },
    params,
    query: z.object({ ...pageQuery, search: z.string().trim().max(60).optional() }),
    reply: { status: 200, body: pageOf(apiKey) },
    apiKey: false,
  },
  "GET /organizations/{organizationId}/api-key-permissions": {
    summary: "What you can allow an API key, and the calls that each permission opens",
    access: { ...inOrganization, permission: "api_key:read" },
    params,
    reply: {
      status: 200,
      body: z.object({
        items: z.array(
          z.object({
            permission: z.string(),
            calls: z.array(z.string()).meta({ description: "what they do, in a line each" }),
          }),
        ),
        presets: z.record(z.enum(keyPresets), z.array(z.string())),
      }),
    },
    apiKey: false,
  },
  "POST /organizations/{organizationId}/api-keys": {
    summary: "Make an API key; its secret is in this answer and nowhere else",
    access: { ...inOrganization, permission: "api_key:manage" },
    params,
    body: z.strictObject({
      name: z
        .string()
        .trim()
        .min(1, "Say what it is for, for example “CI deploys”.")
        .max(60, "Use at most 60 characters.")
        .regex(/^[^\p{C}]*$/u, "Use only characters that can be seen."),
      permissions: z
        .array(z.string().max(60))
        .min(1, "Allow it something.")
        .max(100)
        .meta({ examples: [["project:read", "run:read"]] }),
      projects: z
        .array(projectId)
        .min(1, "Name a project, or leave this out for all.")
        .max(projectsMax, `Name at most ${projectsMax} projects.`)
        .nullable()
        .default(null)
        .meta({ description: "what it is limited to; null: all, also those that come" }),
      expiresInDays: z
        .int("Use whole days.")
        .min(1, "Use at least one day.")
        .max(daysMax, `Use at most ${daysMax} days.`)
        .nullable()
        .default(90)
        .meta({ description: "null: it has no end" }),
    }),
    reply: { status: 201, body: withSecret },
    faults: ["name_taken", "quota_exceeded"],
    apiKey: false,
  },
  "POST /api-keys/{keyId}/rotate": {
    summary: "Give an API key a new secret; the one before can be used for a while",
    access: manage,
    params: ofKey,
    body: z.strictObject({
      overlapHours: z
        .int("Use whole hours.")
        .min(0, "Use 0 to end it at once.")
        .max(overlapHoursMax, `Use at most ${overlapHoursMax} hours.`)
        .default(24)
        .meta({ description: "how long the secret before is still taken" }),
    }),
    reply: { status: 201, body: withSecret },
    faults: ["wrong_state"],
    apiKey: false,
  },
  "DELETE /api-keys/{keyId}": {
    summary: "Revoke an API key: it opens nothing more, and what it has open is closed at once",
    access: manage,
    params: ofKey,
    reply: { status: 204, body: null },
    apiKey: false,
  },
  ...tokenRoutes,
} as const satisfies RouteTable

export const keys = defineKind({
  noun: "API key",
  about: "Keys by which programs make calls, each with the permissions and projects it was given.",
  parent: "organization",
  ids: { api_key: apiKeyId, api_key_secret: apiKeySecretId },
  objects: { api_key: { read: "api_key:read" } },
  states: { api_key: apiKeyStates },
  may: {
    "api_key:read": ["owner", "admin", "developer"],
    "api_key:manage": ["owner", "admin", "developer"],
  },
  quotas: {
    api_keys: {
      name: "API keys",
      counted: "API keys",
      limits: { starter: 10, pro: 50, team: 200 },
    },
  },
  events: { "api_key.changed": ["organization"] },
  routes: keyRoutes,
})
