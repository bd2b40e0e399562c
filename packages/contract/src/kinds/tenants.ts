import { z } from "zod"
import { idOf, instant, userId } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { plans } from "../plans.ts"
import { roles } from "../roles.ts"
import type { RouteTable } from "../route.ts"

export const organizationId = idOf("org", "an organization")
export type OrganizationId = z.infer<typeof organizationId>

export const organization = z
  .object({
    id: organizationId,
    name: z.string(),
    slug: z.string(),
    personal: z.boolean(),
    role: z.enum(roles).meta({ description: "the caller's role" }),
    permissions: z
      .array(z.string())
      .meta({ description: "what that role may do here", examples: [["project:read"]] }),
    plan: z.enum(plans),
    version: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: "Organization" })
export type Organization = z.infer<typeof organization>

export const me = z
  .object({
    id: userId,
    email: z.email(),
    name: z.string(),
    platformAdmin: z.boolean(),
    organizations: z.array(organization),
  })
  .meta({ id: "Me" })
export type Me = z.infer<typeof me>

export const organizationName = z
  .string()
  .trim()
  .min(2, "Use at least 2 characters, for example “Halden Works”.")
  .max(60, "Use at most 60 characters.")

/** Access by a right in the organization that the call names. */
export const inOrganization = {
  by: "object",
  object: "organization",
  from: "organizationId",
} as const

export const tenantRoutes = {
  "GET /me": {
    summary: "Who is signed in, with their organizations and roles",
    access: { by: "user" },
    reply: { status: 200, body: me },
  },
  "GET /organizations/{organizationId}": {
    summary: "One organization",
    access: { ...inOrganization, permission: "organization:read" },
    params: z.object({ organizationId }),
    reply: { status: 200, body: organization },
  },
  "PATCH /organizations/{organizationId}": {
    summary: "Rename an organization",
    access: { ...inOrganization, permission: "organization:update" },
    params: z.object({ organizationId }),
    body: z.strictObject({ name: organizationName }),
    reply: { status: 200, body: organization },
    ifMatch: true,
  },
} as const satisfies RouteTable

export const tenants = defineKind({
  noun: "organization",
  about: "Organizations, and who is signed in.",
  ids: { organization: organizationId },
  objects: { organization: { read: "organization:read" } },
  may: {
    "organization:read": ["owner", "admin", "developer", "viewer"],
    "organization:update": ["owner", "admin"],
  },
  routes: tenantRoutes,
})
