import { z } from "zod"
import { idOf, instant, userId } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { member } from "../member.ts"
import { accessLevels, audiences } from "../project-access.ts"
import { roles } from "../roles.ts"
import type { RouteTable } from "../route.ts"
import { projectId } from "./projects.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const invitationId = idOf("inv", "an invitation")
export const accessRequestId = idOf("acr", "a request for access")

/** `expired` its time is over: it opens nothing until it is sent again. */
export const invitationStates = ["pending", "expired"] as const

const role = z.enum(roles)
const level = z.enum(accessLevels)
const address = z.email("Enter an address such as mara@example.com.").max(200, "Use less.")

export const invitation = z
  .object({
    id: invitationId,
    email: z.string().nullable().meta({ description: "null: whoever has the link" }),
    role: role.nullable().meta({ description: "null: to one project only" }),
    project: z.object({ id: projectId, name: z.string(), level }).nullable(),
    state: z.enum(invitationStates),
    invitedBy: z.string(),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: "Invitation" })
export type Invitation = z.infer<typeof invitation>

const withLink = z
  .object({
    invitation,
    link: z.string().meta({ description: "opens it once; told only now" }),
    mailed: z.boolean().meta({ description: "it is on its way by mail, too" }),
  })
  .meta({ id: "InvitationWithLink" })
export type InvitationWithLink = z.infer<typeof withLink>

/** What somebody with the link of an invitation is shown. */
export const invitationShown = z
  .object({
    organization: z.string(),
    project: z.string().nullable(),
    role: role.nullable(),
    level: level.nullable(),
    email: z.string().nullable(),
    invitedBy: z.string(),
    state: z.enum(invitationStates),
    expiresAt: instant,
  })
  .meta({ id: "InvitationShown" })
export type InvitationShown = z.infer<typeof invitationShown>

const projectPerson = z.object({
  userId,
  name: z.string(),
  email: z.string(),
  level,
  guest: z.boolean().meta({ description: "not a member of the organization" }),
})
const accessRequest = z.object({
  id: accessRequestId,
  userId,
  name: z.string(),
  email: z.string(),
  note: z.string(),
  createdAt: instant,
})

export const projectAccess = z
  .object({
    audience: z.enum(audiences).meta({
      description: "`listed`: of the organization only owners, admins and who is named see it",
    }),
    people: z.array(projectPerson),
    invitations: z.array(invitation),
    requests: z.array(accessRequest),
  })
  .meta({ id: "ProjectAccess" })
export type ProjectAccess = z.infer<typeof projectAccess>

const token = z.string().min(20, "This is no link of an invitation.").max(100)
const params = z.object({ organizationId })
const ofMember = z.object({ organizationId, userId })
const ofInvitation = z.object({ invitationId })
const ofProject = z.object({ projectId })
const ofPerson = z.object({ projectId, userId })

const manage = { ...inOrganization, permission: "member:manage" } as const
const invite = {
  by: "object",
  object: "invitation",
  from: "invitationId",
  permission: "member:manage",
} as const
const share = {
  by: "object",
  object: "project",
  from: "projectId",
  permission: "project:share",
} as const
const access = { status: 200, body: projectAccess } as const

export const peopleRoutes = {
  "GET /organizations/{organizationId}/members": {
    summary: "Who belongs to an organization, owners first",
    access: { ...inOrganization, permission: "member:read" },
    params,
    reply: { status: 200, body: z.object({ items: z.array(member) }) },
    apiKey: false,
  },
  "PATCH /organizations/{organizationId}/members/{userId}": {
    summary: "Change somebody's role; it counts at once, everywhere",
    access: manage,
    params: ofMember,
    body: z.strictObject({ role }),
    reply: { status: 200, body: member },
    faults: ["wrong_state"],
    apiKey: false,
  },
  "DELETE /organizations/{organizationId}/members/{userId}": {
    summary: "Remove somebody: what they have open is closed, and secrets of keys they know end",
    access: manage,
    params: ofMember,
    reply: { status: 204, body: null },
    faults: ["wrong_state"],
    apiKey: false,
  },
  "GET /organizations/{organizationId}/roles": {
    summary: "What each role may do: every permission with its calls and the roles that have it",
    access: { ...inOrganization, permission: "member:read" },
    params,
    reply: {
      status: 200,
      body: z.object({
        items: z.array(
          z.object({ permission: z.string(), calls: z.array(z.string()), roles: z.array(role) }),
        ),
      }),
    },
    apiKey: false,
  },
  "GET /organizations/{organizationId}/invitations": {
    summary: "Open invitations of an organization, newest first",
    access: manage,
    params,
    reply: { status: 200, body: z.object({ items: z.array(invitation) }) },
    apiKey: false,
  },
  "POST /organizations/{organizationId}/invitations": {
    summary: "Invite somebody, by mail or by a link that works once",
    access: manage,
    params,
    body: z.strictObject({
      email: address.nullable().meta({ description: "null: whoever has the link" }),
      role,
      days: z.int("Use whole days.").min(1).max(30, "Use at most 30 days.").default(7),
    }),
    reply: { status: 201, body: withLink },
    faults: ["name_taken", "quota_exceeded"],
    apiKey: false,
  },
  "POST /invitations/{invitationId}/resend": {
    summary: "Give an invitation a new link and a week; the link before opens nothing more",
    access: invite,
    params: ofInvitation,
    body: z.strictObject({}),
    reply: { status: 200, body: withLink },
    apiKey: false,
  },
  "DELETE /invitations/{invitationId}": {
    summary: "Revoke an invitation",
    access: invite,
    params: ofInvitation,
    reply: { status: 204, body: null },
    apiKey: false,
  },
  "POST /invitations/look": {
    summary: "What the link of an invitation is for",
    access: { by: "public" },
    body: z.strictObject({ token }),
    reply: { status: 200, body: invitationShown },
    faults: ["not_found"],
  },
  "POST /invitations/accept": {
    summary: "Accept an invitation as who is signed in",
    access: { by: "user" },
    body: z.strictObject({ token }),
    reply: {
      status: 200,
      body: z.object({ organizationId, slug: z.string(), projectId: projectId.nullable() }),
    },
    faults: ["not_found", "forbidden", "wrong_state"],
  },
  "GET /projects/{projectId}/access": {
    summary: "Who may see, edit and deploy a project beside their role, and who asks to",
    access: share,
    params: ofProject,
    reply: access,
    apiKey: false,
  },
  "PUT /projects/{projectId}/access": {
    summary: "Choose whether all of the organization see a project",
    access: share,
    params: ofProject,
    body: z.strictObject({ audience: z.enum(audiences) }),
    reply: access,
    faults: ["wrong_state"],
    apiKey: false,
  },
  "POST /projects/{projectId}/access/people": {
    summary: "Share a project with one person; who is not a member is invited to it alone",
    access: share,
    params: ofProject,
    body: z.strictObject({ email: address, level }),
    reply: { ...access, status: 201 },
    faults: ["name_taken", "quota_exceeded", "wrong_state"],
    apiKey: false,
  },
  "PATCH /projects/{projectId}/access/people/{userId}": {
    summary: "Change what somebody may do in a project",
    access: share,
    params: ofPerson,
    body: z.strictObject({ level }),
    reply: access,
    apiKey: false,
  },
  "DELETE /projects/{projectId}/access/people/{userId}": {
    summary: "End somebody's access to a project; what they have open of it is closed",
    access: share,
    params: ofPerson,
    reply: access,
    apiKey: false,
  },
  "POST /projects/{projectId}/access/requests": {
    summary: "Ask for access to a project of your organization that you do not see",
    access: { by: "object", object: "project", from: "projectId", permission: "member:read" },
    params: ofProject,
    body: z.strictObject({
      note: z.string().trim().max(500, "Use at most 500 characters.").default(""),
    }),
    reply: {
      status: 202,
      body: z.object({ asked: z.boolean().meta({ description: "false: you see it already" }) }),
    },
    faults: ["wrong_state"],
    whenHidden: true,
    apiKey: false,
  },
  "POST /projects/{projectId}/access/requests/{requestId}/answer": {
    summary: "Grant what somebody asked for, or decline it",
    access: share,
    params: z.object({ projectId, requestId: accessRequestId }),
    body: z.strictObject({ level: level.nullable().meta({ description: "null: no" }) }),
    reply: access,
    apiKey: false,
  },
} as const satisfies RouteTable

export const people = defineKind({
  noun: "member",
  about: "Who belongs to an organization, who is invited, and with whom projects are shared.",
  parent: "organization",
  ids: { invitation: invitationId, access_request: accessRequestId },
  objects: { invitation: { read: "member:manage" } },
  states: { invitation: invitationStates },
  may: {
    "member:read": ["owner", "admin", "developer", "viewer"],
    "member:manage": ["owner", "admin"],
    "project:share": ["owner", "admin"],
  },
  quotas: {
    invitations: {
      name: "Open invitations",
      counted: "open invitations",
      limits: { starter: 20, pro: 100, team: 500 },
    },
  },
  events: {
    "member.changed": ["organization"],
    "project_access.changed": ["project"],
  },
  routes: peopleRoutes,
})
