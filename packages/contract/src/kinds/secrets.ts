import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { hookUrl, secretImport, secretNote, secretValue, wantedSecret } from "../secret-requests.ts"
import { secretEnvironments, secretTypes } from "../secret-types.ts"
import { inProject, projectId } from "./projects.ts"
import { inOrganization, organizationId } from "./tenants.ts"

export const secretId = idOf("sec", "a secret")
export const secretShareId = idOf("shr", "a share of a secret")

/** of one project, and of an organization beside its projects */
export const secretsMax = 200
/** versions that are kept of each */
export const secretVersionsMax = 10
export const secretSharesMax = 50

/** `expiring` its end is near, `expired` it is over: apps have it still, since only its maker ends it. */
export const secretStates = ["active", "expiring", "expired"] as const
export type SecretState = (typeof secretStates)[number]
/** how long before its end a secret is called expiring, in days */
export const expiringDays = 14

const secretVersion = z.object({
  number: z.number().int(),
  setBy: z.string(),
  setAt: instant,
})

const secretUse = z.object({
  projectId,
  projectName: z.string(),
  purpose: z.enum(["live", "draft"]),
  variable: z.string().meta({ description: "the name that the app has it by" }),
  version: z.number().int().meta({ description: "the version that it was last started with" }),
})

const secretShare = z.object({
  id: secretShareId,
  organizationId: organizationId.meta({ description: "whose apps may refer to it" }),
  organizationName: z.string().nullable().meta({ description: "null: another organization" }),
  projectId: projectId.nullable().meta({ description: "null: all projects there" }),
  projectName: z.string().nullable(),
  sharedBy: z.string(),
  createdAt: instant,
})

/** A value that nobody reads but apps, and people who say why. */
export const secret = z
  .object({
    id: secretId,
    organizationId,
    projectId: projectId.nullable().meta({ description: "null: of the organization" }),
    name: z.string(),
    environment: z.enum(secretEnvironments),
    type: z.enum(secretTypes),
    note: z.string(),
    state: z.enum(secretStates),
    expiresAt: instant.nullable(),
    current: secretVersion,
    hook: z
      .object({
        url: z.string(),
        told: z.number().int().meta({ description: "the last version that it heard of; 0: none" }),
        failure: z.string().nullable().meta({ description: "why the last call did not work" }),
      })
      .nullable(),
    usedBy: z.array(secretUse),
    shares: z.array(secretShare),
    createdBy: z.string(),
    createdAt: instant,
    updatedAt: instant,
    changes: z.number().int().meta({ description: "send it as If-Match" }),
  })
  .meta({ id: "Secret" })
export type Secret = z.infer<typeof secret>

/** A secret that others let use: its value is theirs to see. */
const borrowed = z
  .object({
    id: secretId,
    reference: z.string().meta({
      description: "what a variable of an app is set to, e.g. `secret:STRIPE_KEY`",
    }),
    name: z.string(),
    environment: z.enum(secretEnvironments),
    type: z.enum(secretTypes),
    from: z.string().meta({ description: "the organization or the project that shares it" }),
    state: z.enum(secretStates),
    expiresAt: instant.nullable(),
  })
  .meta({ id: "BorrowedSecret" })
export type BorrowedSecret = z.infer<typeof borrowed>

const importOutcomes = ["new", "exists", "duplicate", "invalid"] as const
const imported = z
  .object({
    line: z.number().int(),
    name: z.string(),
    type: z.enum(secretTypes),
    outcome: z.enum(importOutcomes),
    say: z.string().nullable(),
  })
  .meta({ id: "ImportedSecret" })
export type ImportedSecret = z.infer<typeof imported>

const list = z.object({ items: z.array(secret), borrowed: z.array(borrowed) })
const imports = z.object({ items: z.array(imported), added: z.number().int() })

const ofProject = z.object({ projectId })
const ofOrganization = z.object({ organizationId })
const params = z.object({ secretId })
const onSecret = { by: "object", object: "secret", from: "secretId" } as const
const manage = { ...onSecret, permission: "secret:manage" } as const

export const secretRoutes = {
  "GET /projects/{projectId}/secrets": {
    summary:
      "Secrets of a project by name, and those that others share with it: never their values",
    access: { ...inProject, permission: "secret:read" },
    params: ofProject,
    reply: { status: 200, body: list },
    tool: {
      name: "list_secrets",
      says: "Lists the names of a project's secrets, which its app has as environment variables. Values are never told.",
      shows: z.object({
        items: z.array(
          secret.pick({ name: true, environment: true, type: true, note: true, state: true }),
        ),
        borrowed: z.array(borrowed.pick({ reference: true, type: true, from: true, state: true })),
      }),
    },
  },
  "POST /projects/{projectId}/secrets": {
    summary: "Add a secret to a project; its apps are restarted with it",
    access: { ...inProject, permission: "secret:manage" },
    params: ofProject,
    body: wantedSecret,
    reply: { status: 201, body: secret },
    faults: ["invalid", "name_taken", "quota_exceeded", "wrong_state"],
  },
  "POST /projects/{projectId}/secrets/import": {
    summary: "Add a project's secrets from the text of a .env file, or see what would come in",
    access: { ...inProject, permission: "secret:manage" },
    params: ofProject,
    body: secretImport,
    reply: { status: 200, body: imports },
    faults: ["quota_exceeded", "wrong_state"],
  },
  "GET /organizations/{organizationId}/secrets": {
    summary: "Secrets of an organization beside its projects, and those that others share with it",
    access: { ...inOrganization, permission: "secret:read" },
    params: ofOrganization,
    reply: { status: 200, body: list },
  },
  "POST /organizations/{organizationId}/secrets": {
    summary: "Add a secret to an organization; projects have it once it is shared with them",
    access: { ...inOrganization, permission: "secret:administer" },
    params: ofOrganization,
    body: wantedSecret,
    reply: { status: 201, body: secret },
    faults: ["invalid", "name_taken", "quota_exceeded"],
  },
  "POST /organizations/{organizationId}/secrets/import": {
    summary:
      "Add an organization's secrets from the text of a .env file, or see what would come in",
    access: { ...inOrganization, permission: "secret:administer" },
    params: ofOrganization,
    body: secretImport,
    reply: { status: 200, body: imports },
    faults: ["quota_exceeded"],
  },
  "GET /secrets/{secretId}": {
    summary: "One secret with its versions, without a value",
    access: { ...onSecret, permission: "secret:read" },
    params,
    reply: { status: 200, body: secret.extend({ versions: z.array(secretVersion) }) },
  },
  "PATCH /secrets/{secretId}": {
    summary: "Change a secret's note, end or hook; a new hook's signing key is in this answer only",
    access: manage,
    params,
    body: z
      .strictObject({
        note: secretNote,
        expiresAt: instant.nullable(),
        hook: z.strictObject({ url: hookUrl }).nullable(),
      })
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: z.object({ secret, hookKey: z.string().nullable() }) },
    faults: ["invalid", "version_mismatch", "wrong_state"],
    ifMatch: true,
  },
  "POST /secrets/{secretId}/versions": {
    summary: "Give a secret a new value; apps that have it are restarted, and its hook is called",
    access: manage,
    params,
    body: z.strictObject({ value: secretValue }),
    reply: { status: 201, body: secret },
    faults: ["invalid", "wrong_state"],
  },
  "POST /secrets/{secretId}/rotate": {
    summary: "Have the platform make a secret's new value; its hook is called",
    access: manage,
    params,
    reply: { status: 201, body: secret },
    faults: ["wrong_state"],
  },
  "POST /secrets/{secretId}/reveal": {
    summary: "Read a secret's value, saying why; who did is in the activity",
    access: { ...onSecret, permission: "secret:reveal" },
    params,
    body: z.strictObject({
      reason: z
        .string()
        .trim()
        .min(4, "Say why you need it.")
        .max(300, "Use at most 300 characters."),
      version: z.number().int().min(1).optional(),
    }),
    reply: { status: 200, body: z.object({ value: z.string(), version: z.number().int() }) },
  },
  "POST /secrets/{secretId}/shares": {
    summary: "Let another project or organization refer to a secret",
    access: { ...onSecret, permission: "secret:administer" },
    params,
    body: z
      .strictObject({ projectId: projectId.optional(), organizationId: organizationId.optional() })
      .refine(
        (to) => (to.projectId === undefined) !== (to.organizationId === undefined),
        "Name a project of yours, or else another organization.",
      ),
    reply: { status: 201, body: secret },
    faults: ["invalid", "quota_exceeded", "wrong_state"],
  },
  "DELETE /secrets/{secretId}/shares/{shareId}": {
    summary: "End a share; apps that refer to the secret are restarted without it",
    access: { ...onSecret, permission: "secret:administer" },
    params: z.object({ secretId, shareId: secretShareId }),
    reply: { status: 204, body: null },
    faults: ["wrong_state"],
  },
  "DELETE /secrets/{secretId}": {
    summary: "Delete a secret with all its versions; apps that have it are restarted without it",
    access: manage,
    params,
    reply: { status: 204, body: null },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable

export const secrets = defineKind({
  noun: "secret",
  about:
    "Values that apps have and nobody else sees: sealed, with versions, by environment, shared by reference.",
  parent: "project",
  ids: { secret: secretId, secretShare: secretShareId },
  objects: { secret: { read: "secret:read" } },
  states: { secret: secretStates },
  may: {
    "secret:read": ["owner", "admin", "developer"],
    "secret:manage": ["owner", "admin", "developer"],
    "secret:administer": ["owner", "admin"],
    "secret:reveal": ["owner", "admin"],
  },
  events: { "secret.changed": ["organization"] },
  loops: ["secrets"],
  routes: secretRoutes,
})
