import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { inProject, projectId } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const egressRuleId = idOf("egr", "an allowed domain")
export const egressEntryId = idOf("egl", "a connection that was asked for")

export const egressRulesMax = 50
/** entries of the log that are kept of a project */
export const egressLogMax = 500

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
const domain = new RegExp(`^(\\*\\.)?(${label}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

export const egressHost = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, "Use at most 253 characters.")
  .regex(domain, "Use a domain, for example api.example.com, or *.example.com for all below it.")
  .refine(
    (host) => !host.startsWith("*.") || host.split(".").length > 2,
    "Name a domain with a dot below the star, for example *.example.com.",
  )
export const egressPort = z.number().int().min(1).max(65_535)
export const serviceName = z
  .string()
  .trim()
  .max(40, "Use at most 40 characters.")
  .regex(/^[a-z][a-z0-9-]*$/, "Use lower-case letters, digits and hyphens, for example payments.")
const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,64}$/, "Use a header's name, for example Authorization.")
const secret = z
  .string()
  .trim()
  .min(1, "Write a value.")
  .max(4000, "Use at most 4,000 characters.")
  .regex(/^[\x20-\x7e]*$/, "Use plain characters, without line breaks.")

/** One domain that a project's machines may reach, or one service that is asked for them with a secret. */
export const egressRule = z
  .object({
    id: egressRuleId,
    organizationId,
    projectId,
    host: z.string().meta({ description: "exact, or `*.` and a domain for all below it" }),
    port: egressPort,
    service: z
      .object({
        name: z.string().meta({ description: "the first part of its path at SERVICES_URL" }),
        header: z.string(),
        hasValue: z.boolean().meta({ description: "without one nobody is asked" }),
      })
      .nullable()
      .meta({
        description: "the platform asks it for the app, with a header that the app never sees",
      }),
    reason: z.string(),
    allowedBy: z.string(),
    createdAt: instant,
    version: z.number().int().meta({ description: "send it as If-Match" }),
  })
  .meta({ id: "EgressRule" })
export type EgressRule = z.infer<typeof egressRule>

export const egressDecisions = ["allowed", "refused"] as const

/** One connection that a machine of the project asked for: no path and no content. */
export const egressEntry = z
  .object({
    at: instant,
    host: z.string(),
    port: z.number().int(),
    purpose: z.enum(["live", "draft"]),
    decision: z.enum(egressDecisions),
    why: z.string().nullable().meta({ description: "why it was refused, or ended by us" }),
    bytesSent: z.number().int(),
    bytesReceived: z.number().int(),
  })
  .meta({ id: "EgressEntry" })
export type EgressEntry = z.infer<typeof egressEntry>

const params = z.object({ projectId, ruleId: egressRuleId })
const update = { ...inProject, permission: "project:update" } as const

export const networkRoutes = {
  "GET /projects/{projectId}/network": {
    summary: "Domains that a project's machines may reach, and their newest connections",
    access: { ...inProject, permission: "project:read" },
    params: z.object({ projectId }),
    reply: {
      status: 200,
      body: z.object({ items: z.array(egressRule), log: z.array(egressEntry) }),
    },
  },
  "POST /projects/{projectId}/network/rules": {
    summary: "Let a project's machines reach a domain, or a service with a secret of its own",
    access: update,
    params: z.object({ projectId }),
    body: z.strictObject({
      host: egressHost,
      port: egressPort.default(443),
      service: z
        .strictObject({ name: serviceName, header: headerName, value: secret })
        .nullable()
        .default(null),
      reason: z.string().trim().max(500, "Use at most 500 characters.").default(""),
    }),
    reply: { status: 201, body: egressRule },
    faults: ["invalid", "name_taken", "quota_exceeded", "wrong_state"],
  },
  "PUT /projects/{projectId}/network/rules/{ruleId}/value": {
    summary: "Set the secret with which a service is asked; its next request has it",
    access: update,
    params,
    body: z.strictObject({ value: secret }),
    reply: { status: 200, body: egressRule },
    faults: ["version_mismatch", "wrong_state"],
    ifMatch: true,
  },
  "DELETE /projects/{projectId}/network/rules/{ruleId}": {
    summary: "Revoke a domain; connections to it are ended at once",
    access: update,
    params,
    reply: { status: 204, body: null },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable

export const network = defineKind({
  noun: "allowed domain",
  about: "Domains that a project's machines may reach; everything else is out of their reach.",
  parent: "project",
  ids: { egressRule: egressRuleId, egressEntry: egressEntryId },
  meters: {
    "network.bytes": { name: "Traffic of apps to allowed domains", unit: "bytes" },
  },
  events: { "network.changed": ["project"] },
  routes: networkRoutes,
})
