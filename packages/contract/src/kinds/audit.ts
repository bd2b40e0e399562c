import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import { projectId } from "./projects.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const auditId = idOf("aud", "an audit record")

const actorKinds = ["user", "system", "agent", "key"] as const

export const auditRecord = z
  .object({
    id: auditId,
    at: instant,
    action: z.string().meta({ examples: ["project.create"] }),
    actor: z.object({
      kind: z.enum(actorKinds),
      id: z.string().nullable(),
      name: z.string(),
    }),
    subject: z.string().meta({ description: "id of what was acted on" }),
    projectId: z.string().nullable().meta({ description: "the project that it is, or is of" }),
    ip: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    number: z
      .number()
      .int()
      .nullable()
      .meta({ description: "its place in the organization's chain; null before there was one" }),
    erased: z.boolean().meta({ description: "what it said of a person was erased" }),
  })
  .meta({ id: "AuditRecord" })
export type AuditRecord = z.infer<typeof auditRecord>

const filters = {
  action: z.string().max(60).optional(),
  by: z.enum(actorKinds).optional().meta({ description: "kind of who acted" }),
  actor: z.string().max(60).optional().meta({ description: "id of who acted" }),
  projectId: projectId.optional(),
  subject: z.string().max(60).optional().meta({ description: "id of what was acted on" }),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional().meta({ description: "the first moment that is left out" }),
}

export const auditVerification = z
  .object({
    valid: z.boolean(),
    records: z.number().int(),
    erased: z
      .number()
      .int()
      .meta({ description: "records whose words about a person were erased" }),
    head: z.object({ number: z.number().int(), hash: z.string() }),
    broken: z
      .object({ number: z.number().int(), why: z.string() })
      .nullable()
      .meta({ description: "the first record that is not as it was written" }),
  })
  .meta({ id: "AuditVerification" })
export type AuditVerification = z.infer<typeof auditVerification>

export const auditRoutes = {
  "GET /organizations/{organizationId}/audit": {
    summary: "Audit records of an organization, newest first",
    access: { ...inOrganization, permission: "audit:read" },
    params: z.object({ organizationId }),
    query: z.object({ ...pageQuery, ...filters }),
    reply: { status: 200, body: pageOf(auditRecord) },
  },
  "GET /organizations/{organizationId}/audit/csv": {
    summary: "Audit records for a spreadsheet, oldest first",
    access: { ...inOrganization, permission: "audit:read" },
    params: z.object({ organizationId }),
    query: z.object(filters),
    audited: true,
    reply: { status: 200, file: "text/csv; charset=utf-8" },
  },
  "GET /organizations/{organizationId}/audit/json": {
    summary:
      "Audit records a line each, oldest first, with what proves them; bin/verify-audit checks the whole",
    access: { ...inOrganization, permission: "audit:read" },
    params: z.object({ organizationId }),
    query: z.object(filters),
    audited: true,
    reply: { status: 200, file: "application/x-ndjson; charset=utf-8" },
  },
  "GET /organizations/{organizationId}/audit/verification": {
    summary: "Whether every audit record is there and as it was written",
    access: { ...inOrganization, permission: "audit:read" },
    params: z.object({ organizationId }),
    reply: { status: 200, body: auditVerification },
  },
} as const satisfies RouteTable

export const audit = defineKind({
  noun: "audit record",
  about: "Who did what, when, from where.",
  parent: "organization",
  ids: { auditRecord: auditId },
  may: { "audit:read": ["owner", "admin"] },
  routes: auditRoutes,
})
