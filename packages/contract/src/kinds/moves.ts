import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { archiveBytesMax, inProject, project, projectId, projectName } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const moveId = idOf("mov", "a move")

/** What is brought in, copied or given away: from an archive, from a git server, of another project, to another organization. */
export const moveWays = ["archive", "git", "copy", "transfer"] as const
export type MoveWay = (typeof moveWays)[number]

/** `waiting` nobody has begun, `working` it is under way, `done`, `failed` with why, `cancelled` by a person. */
export const moveStates = ["waiting", "working", "done", "failed", "cancelled"] as const
export type MoveState = (typeof moveStates)[number]

/** A transfer is short, and is not stopped half-way: see the server's rule. */
export const moveAllows = {
  cancel: ["waiting", "working"],
  retry: ["failed"],
} as const satisfies Record<string, readonly MoveState[]>

export const move = z
  .object({
    id: moveId,
    organizationId,
    projectId,
    way: z.enum(moveWays),
    state: z.enum(moveStates),
    from: z.string().meta({
      description: "the archive's name, the git address, the project or the organization",
    }),
    branch: z.string().nullable().meta({
      description: "of a git server; null: the server's own, and where files come another way",
    }),
    doing: z.string().nullable().meta({ description: "what it is at, in words" }),
    leftOut: z.array(z.string()).meta({
      description: "what was refused or did not come along, a sentence each",
    }),
    failure: z.string().nullable().meta({ description: "why it failed" }),
    startedBy: z.string(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Move" })
export type Move = z.infer<typeof move>

const begun = project.extend({ move })

const preview = z.enum(["public", "private"]).default("private")
const gitUrl = z
  .url({
    protocol: /^https$/,
    error: "Use an https address, for example https://host/you/app.git.",
  })
  .max(500, "Use at most 500 characters.")
  .regex(
    /^[^@?#]*$/,
    "Use an address without a user, a query or a fragment. A token goes in its own field.",
  )
const branch = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^(?!-)[A-Za-z0-9._/-]+$/, "Use the name of a branch, for example main.")
const token = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]*$/, "Use plain characters, without spaces.")

/** One line of what a transfer needs of the other organization's plan. */
export const transferLine = z.object({
  resource: z.string(),
  name: z.string(),
  needed: z.number().int(),
  used: z.number().int().meta({ description: "of the other organization, today" }),
  limit: z.number().int(),
  fits: z.boolean(),
})

export const transferCheck = z
  .object({
    organization: z.object({ id: organizationId, name: z.string() }),
    fits: z.boolean().meta({ description: "whether nothing stands in the way" }),
    lines: z.array(transferLine),
    blocks: z.array(z.string()).meta({ description: "what stands in the way, a sentence each" }),
    loses: z.array(z.string()).meta({ description: "what does not go along, a sentence each" }),
  })
  .meta({ id: "TransferCheck" })
export type TransferCheck = z.infer<typeof transferCheck>

const params = z.object({ projectId })
const create = { by: "organization", permission: "project:create" } as const
const transfer = { ...inProject, permission: "project:transfer" } as const

export const moveRoutes = {
  "POST /imports": {
    summary:
      "Create a project from a git repository: the newest files of one branch, without history",
    access: create,
    body: z.strictObject({
      organizationId: organizationId.optional(),
      name: projectName.optional(),
      preview,
      url: gitUrl,
      branch: branch.optional().meta({ description: "the server's own when absent" }),
      token: token.optional().meta({
        description: "what opens a private repository; used once and forgotten",
      }),
    }),
    reply: { status: 202, body: begun },
    faults: ["quota_exceeded", "invalid", "wrong_state"],
    provisions: true,
  },
  "POST /imports/archive": {
    summary: "Create a project from a ZIP archive, and start its app",
    access: create,
    query: z.object({
      organizationId: organizationId.optional(),
      name: projectName,
      preview,
    }),
    raw: { types: ["application/octet-stream", "application/zip"], bytesMax: archiveBytesMax },
    reply: { status: 201, body: begun },
    faults: ["quota_exceeded", "invalid", "too_large", "path_refused", "wrong_state", "disk_full"],
    provisions: true,
  },
  "POST /projects/{projectId}/copies": {
    summary: "Duplicate a project within its organization; values of secrets are never copied",
    access: { ...inProject, permission: "project:create" },
    params,
    body: z.strictObject({
      name: projectName,
      history: z.boolean().default(true).meta({ description: "all versions, or the newest files" }),
      variables: z.boolean().default(true).meta({ description: "variables of the app" }),
      data: z.boolean().default(false).meta({ description: "what the app keeps" }),
    }),
    reply: { status: 202, body: begun },
    faults: ["quota_exceeded", "wrong_state", "conflict"],
    provisions: true,
  },
  "GET /projects/{projectId}/moves": {
    summary: "How a project came here and what was taken along, newest first: 20 at most",
    access: { ...inProject, permission: "project:read" },
    params,
    reply: { status: 200, body: z.object({ items: z.array(move) }) },
  },
  "GET /moves/{moveId}": {
    summary: "One move",
    access: { by: "object", object: "move", from: "moveId", permission: "project:read" },
    params: z.object({ moveId }),
    reply: { status: 200, body: move },
  },
  "POST /moves/{moveId}/cancel": {
    summary: "Stop bringing a project in or copying it; the project that it was to be is deleted",
    access: { by: "object", object: "move", from: "moveId", permission: "project:create" },
    params: z.object({ moveId }),
    reply: { status: 202, body: move },
    faults: ["wrong_state"],
  },
  "POST /moves/{moveId}/retry": {
    summary:
      "Try an import from a git server again that failed, from the same address or a corrected one",
    access: { by: "object", object: "move", from: "moveId", permission: "project:create" },
    params: z.object({ moveId }),
    body: z.strictObject({
      url: gitUrl.optional().meta({ description: "the one that failed when absent" }),
      branch: branch.nullable().optional().meta({
        description: "null: the server's own; absent: the one that failed",
      }),
      token: token.optional().meta({
        description: "again for a private repository: the one before was forgotten",
      }),
    }),
    reply: { status: 202, body: move },
    faults: ["invalid", "wrong_state"],
    provisions: true,
  },
  "GET /projects/{projectId}/transfer": {
    summary: "What a transfer to another organization needs there, and what would not go along",
    access: transfer,
    params,
    query: z.object({ to: organizationId }),
    reply: { status: 200, body: transferCheck },
    faults: ["not_found"],
    apiKey: false,
  },
  "POST /projects/{projectId}/transfer": {
    summary:
      "Give a project to another organization, by an owner or admin of both; the body repeats its name",
    access: transfer,
    params,
    body: z.strictObject({ to: organizationId, name: z.string() }),
    reply: { status: 202, body: move },
    faults: ["invalid", "wrong_state", "quota_exceeded", "run_in_progress", "not_found"],
    apiKey: false,
    provisions: true,
  },
} as const satisfies RouteTable

export const moves = defineKind({
  noun: "move",
  about: "Projects that are brought in, duplicated, or given to another organization.",
  parent: "project",
  ids: { move: moveId },
  objects: { move: { read: "project:read" } },
  states: { move: moveStates },
  allows: { move: moveAllows },
  may: { "project:transfer": ["owner", "admin"] },
  events: { "move.changed": ["organization", "project"] },
  loops: ["moves"],
  routes: moveRoutes,
})
