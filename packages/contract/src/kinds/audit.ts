import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const auditId = idOf("aud", "an audit record")

export const auditRecord = z
  .object({
    id: auditId,
    at: instant,
    action: z.string().meta({ examples: ["project.create"] }),
    actor: z.object({
      kind: z.enum(["user", "system", "agent"]),
      id: z.string().nullable(),
      name: z.string(),
    }),
    subject: z.string().meta({ description: "id of what was acted on" }),
    ip: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "AuditRecord" })
export type AuditRecord = z.infer<typeof auditRecord>

export const auditRoutes = {
  "GET /organizations/{organizationId}/audit": {
    summary: "Audit records of an organization, newest first",
    access: { ...inOrganization, permission: "audit:read" },
    params: z.object({ organizationId }),
    query: z.object({ ...pageQuery, action: z.string().max(60).optional() }),
    reply: { status: 200, body: pageOf(auditRecord) },
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
