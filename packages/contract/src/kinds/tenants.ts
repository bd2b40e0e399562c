import { z } from "zod"
import { idOf, instant, userId } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { plans } from "../plans.ts"
import { accessLevels } from "../project-access.ts"
import { roles } from "../roles.ts"
import type { RouteTable } from "../route.ts"

export const organizationId = idOf("org", "an organization")
export type OrganizationId = z.infer<typeof organizationId>

/** `deleting` all that is in it is torn down; then it is gone. */
export const organizationStates = ["present", "deleting"] as const

/** How many organizations one person may own; their personal one counts. */
export const ownedMax = 20

export const organization = z
  .object({
    id: organizationId,
    name: z.string(),
    slug: z.string(),
    personal: z.boolean(),
    role: z
      .enum([...roles, "guest"])
      .meta({ description: "the caller's role; a guest sees some projects only" }),
    permissions: z
      .array(z.string())
      .meta({ description: "what that role may do here", examples: [["project:read"]] }),
    plan: z.enum(plans),
    members: z.number().int().meta({ description: "how many people belong to it" }),
    state: z.enum(organizationStates),
    disabled: z.string().nullable().meta({
      description: "why administrators of this installation closed it; null while it is open",
    }),
    version: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: "Organization" })
export type Organization = z.infer<typeof organization>

const grant = z.object({
  organizationId,
  projectId: idOf("prj", "a project"),
  level: z.enum(accessLevels),
  permissions: z.array(z.string()),
})

export const me = z
  .object({
    id: userId,
    email: z.email(),
    name: z.string(),
    platformAdmin: z.boolean(),
    impersonated: z
      .object({ byName: z.string(), reason: z.string(), until: instant })
      .nullable()
      .meta({ description: "the administrator who looks as this person and can change nothing" }),
    organizations: z.array(organization),
    grants: z.array(grant).meta({ description: "what one may do in projects beside one's role" }),
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
  "POST /organizations": {
    summary: "Make an organization, of which you are the owner",
    access: { by: "user" },
    body: z.strictObject({ name: organizationName }),
    reply: { status: 201, body: organization },
    faults: ["quota_exceeded"],
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
  "DELETE /organizations/{organizationId}": {
    summary: "Delete an organization with all that is in it; it goes once nothing is left",
    access: { ...inOrganization, permission: "organization:delete" },
    params: z.object({ organizationId }),
    body: z.strictObject({
      name: z.string().max(200).meta({ description: "its name, so that no other is meant" }),
    }),
    reply: { status: 202, body: organization },
    faults: ["wrong_state"],
    apiKey: false,
  },
  "POST /organizations/{organizationId}/leave": {
    summary: "Leave an organization; its last owner cannot",
    access: { ...inOrganization, permission: "organization:read" },
    params: z.object({ organizationId }),
    body: z.strictObject({}),
    reply: { status: 204, body: null },
    faults: ["wrong_state"],
    apiKey: false,
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
    "organization:delete": ["owner"],
  },
  states: { organization: organizationStates },
  events: { "organization.changed": ["organization"] },
  loops: ["organizations"],
  routes: tenantRoutes,
})
