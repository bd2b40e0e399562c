import { z } from "zod"
import { instant, userId } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import { plans } from "../plans.ts"
import { roles } from "../roles.ts"
import type { RouteTable } from "../route.ts"
import { rate } from "./quotas.ts"
import { organizationId, organizationStates } from "./tenants.ts"

/** How long an administrator may look at the platform as somebody else, in minutes. */
export const impersonationMinutesMax = 60

/** Why somebody is shut out, and who did that. */
const disabled = z.object({ at: instant, byName: z.string(), reason: z.string() })

export const platformPerson = z
  .object({
    id: userId,
    name: z.string(),
    email: z.email(),
    createdAt: instant,
    lastSeenAt: instant
      .nullable()
      .meta({ description: "within some minutes; null: not since this is kept" }),
    sessions: z.int().meta({ description: "sign-ins that live" }),
    organizations: z.int().meta({ description: "to how many they belong" }),
    platformAdmin: z.boolean(),
    disabled: disabled.nullable(),
  })
  .meta({ id: "PlatformPerson" })
export type PlatformPerson = z.infer<typeof platformPerson>

export const platformPersonDetail = platformPerson
  .extend({
    memberOf: z.array(
      z.object({ id: organizationId, name: z.string(), slug: z.string(), role: z.enum(roles) }),
    ),
    signedIn: z.array(
      z.object({
        id: z.string(),
        ip: z.string().nullable().meta({ description: "from where it began" }),
        userAgent: z.string().nullable(),
        createdAt: instant,
        expiresAt: instant,
        impersonatedBy: z
          .string()
          .nullable()
          .meta({ description: "the administrator who looks as them by it" }),
      }),
    ),
  })
  .meta({ id: "PlatformPersonDetail" })
export type PlatformPersonDetail = z.infer<typeof platformPersonDetail>

export const platformOrganization = z
  .object({
    id: organizationId,
    name: z.string(),
    slug: z.string(),
    personal: z.boolean(),
    plan: z.enum(plans),
    owners: z.array(z.string()).meta({ description: "their names" }),
    members: z.int(),
    projects: z.int(),
    state: z.enum(organizationStates),
    createdAt: instant,
    disabled: disabled.nullable(),
  })
  .meta({ id: "PlatformOrganization" })
export type PlatformOrganization = z.infer<typeof platformOrganization>

export const platformOrganizationDetail = platformOrganization
  .extend({
    people: z.array(
      z.object({ id: userId, name: z.string(), email: z.email(), role: z.enum(roles) }),
    ),
    quotas: z.array(
      z.object({
        resource: z.string().meta({ examples: ["machine_memory_mib"] }),
        name: z.string().meta({ description: "what is limited, in words" }),
        used: z.int(),
        limit: z.int(),
        planLimit: z.int().meta({ description: "what the plan alone allows" }),
        own: z.boolean().meta({ description: "the limit was set for this organization" }),
      }),
    ),
    rates: z.array(
      rate.extend({
        planLimit: z.int().meta({ description: "what the plan alone allows" }),
        own: z.boolean().meta({ description: "the limit was set for this organization" }),
      }),
    ),
  })
  .meta({ id: "PlatformOrganizationDetail" })
export type PlatformOrganizationDetail = z.infer<typeof platformOrganizationDetail>

const admins = { by: "platform-admin" } as const
const ofPerson = z.object({ userId })
const ofOrganization = z.object({ organizationId })
const search = { search: z.string().trim().max(60).optional() }
const reason = z
  .string()
  .trim()
  .min(3, "Say why, in a few words.")
  .max(300, "Use at most 300 characters.")
const none = z.strictObject({})
const person = { status: 200, body: platformPersonDetail } as const
const organization = { status: 200, body: platformOrganizationDetail } as const

export const administrationRoutes = {
  "GET /platform/people": {
    summary: "Everybody with an account here, newest first",
    access: admins,
    query: z.object({ ...pageQuery, ...search }),
    reply: { status: 200, body: pageOf(platformPerson) },
  },
  "GET /platform/people/{userId}": {
    summary: "One person, with their organizations and where they are signed in",
    access: admins,
    params: ofPerson,
    reply: person,
  },
  "POST /platform/people/{userId}/disable": {
    summary:
      "Shut somebody out: sessions, sockets, previews and the keys they were told close at once",
    access: admins,
    params: ofPerson,
    body: z.strictObject({ reason }),
    reply: person,
    faults: ["wrong_state"],
  },
  "POST /platform/people/{userId}/enable": {
    summary: "Let somebody in again; they sign in anew",
    access: admins,
    params: ofPerson,
    body: none,
    reply: person,
  },
  "POST /platform/people/{userId}/end-sessions": {
    summary: "End all sign-ins of somebody; what they have open is closed at once",
    access: admins,
    params: ofPerson,
    body: none,
    reply: person,
  },
  "POST /platform/people/{userId}/reset-mail": {
    summary: "Send somebody a link to a new password; the old one stays until they use it",
    access: admins,
    params: ofPerson,
    body: none,
    reply: { status: 202, body: z.object({ sentTo: z.email() }) },
  },
  "POST /platform/people/{userId}/impersonate": {
    summary:
      "Look at the platform as somebody, without changing anything; they see it in their sessions and activity",
    access: admins,
    session: "changes",
    params: ofPerson,
    body: z.strictObject({
      reason,
      minutes: z
        .int()
        .min(1, "At least one minute.")
        .max(impersonationMinutesMax, `At most ${impersonationMinutesMax} minutes.`)
        .default(30),
    }),
    reply: { status: 200, body: z.object({ endsAt: instant }) },
    faults: ["wrong_state"],
  },
  "POST /impersonation/end": {
    summary: "Stop looking as somebody else and be yourself again",
    access: { by: "user" },
    session: "changes",
    body: none,
    reply: {
      status: 200,
      body: z.object({
        signedIn: z.boolean().meta({ description: "false: your own sign-in is over, too" }),
      }),
    },
    faults: ["wrong_state"],
    whenImpersonating: true,
  },
  "GET /platform/organizations": {
    summary: "All organizations, newest first",
    access: admins,
    query: z.object({ ...pageQuery, ...search }),
    reply: { status: 200, body: pageOf(platformOrganization) },
  },
  "GET /platform/organizations/{organizationId}": {
    summary: "One organization, with its people and what it uses of each limit",
    access: admins,
    params: ofOrganization,
    reply: organization,
  },
  "PUT /platform/organizations/{organizationId}/limit": {
    summary: "Give an organization a limit of its own, or its plan's again",
    access: admins,
    params: ofOrganization,
    body: z.strictObject({
      resource: z
        .string()
        .max(60)
        .meta({ examples: ["projects"] }),
      limit: z
        .int("Use a whole number.")
        .min(0, "Use a number that is not negative.")
        .max(1e12)
        .nullable()
        .meta({ description: "null: what its plan allows" }),
    }),
    reply: organization,
  },
  "POST /platform/organizations/{organizationId}/disable": {
    summary: "Close an organization to everybody; what it has is kept",
    access: admins,
    params: ofOrganization,
    body: z.strictObject({ reason }),
    reply: organization,
  },
  "POST /platform/organizations/{organizationId}/enable": {
    summary: "Open a disabled organization again",
    access: admins,
    params: ofOrganization,
    body: none,
    reply: organization,
  },
} as const satisfies RouteTable

export const administration = defineKind({
  noun: "platform admin",
  about: "For those who run this installation: its people and organizations.",
  routes: administrationRoutes,
})
