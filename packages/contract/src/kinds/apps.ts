import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import { machine, machineId } from "./machines.ts"
import { projectId } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const appId = idOf("app", "an app")

/** An app is one supervised process of a machine, of one version of a project's files. */
export const appStates = ["none", "starting", "running", "crashed", "stopped"] as const
export type AppState = (typeof appStates)[number]

/** How often an app that ends by itself is started again; then a person or a new commit is waited for. */
export const appRestartsMax = 3

export const app = z
  .object({
    id: appId,
    organizationId,
    projectId,
    machineId,
    state: z.enum(appStates),
    commitWanted: z.string().meta({ description: "the commit that should run" }),
    commit: z.string().nullable().meta({ description: "the commit that runs" }),
    command: z
      .array(z.string())
      .nullable()
      .meta({ description: "how it is started; none: as its files say" }),
    exitCode: z.number().int().nullable(),
    restarts: z.number().int(),
    startedAt: instant.nullable(),
    failure: z.string().nullable().meta({ description: "why it does not run, for people" }),
    logTail: z.array(z.string()).meta({ description: "last lines of the start that ended" }),
    updatedAt: instant,
  })
  .meta({ id: "App" })
export type App = z.infer<typeof app>

/** What became of a version that was started. */
export const releaseOutcomes = ["starting", "running", "failed", "replaced", "stopped"] as const

export const release = z
  .object({
    number: z.number().int().meta({ description: "counts the app's releases" }),
    commit: z.string(),
    outcome: z.enum(releaseOutcomes),
    failure: z.string().nullable(),
    startedAt: instant,
    /** when another took its place, or it ended for good */
    endedAt: instant.nullable(),
  })
  .meta({ id: "Release" })
export type Release = z.infer<typeof release>

const params = z.object({ projectId })
const onProject = { by: "object", object: "project", from: "projectId" } as const
const operate = { ...onProject, permission: "machine:operate" } as const
const read = { ...onProject, permission: "project:read" } as const

export const appRoutes = {
  "GET /projects/{projectId}/app": {
    summary: "The project's app",
    access: read,
    params,
    reply: { status: 200, body: app },
  },
  "POST /projects/{projectId}/app": {
    summary: "Run a commit (the newest by default) as the project's app",
    access: operate,
    params,
    body: z.strictObject({
      commit: z
        .string()
        .regex(/^[0-9a-f]{40}$/)
        .optional(),
    }),
    reply: { status: 202, body: app },
    faults: ["quota_exceeded", "conflict"],
    provisions: true,
  },
  "GET /projects/{projectId}/app/releases": {
    summary: "Versions that were started, newest first",
    access: read,
    params,
    query: z.object(pageQuery),
    reply: { status: 200, body: pageOf(release) },
  },
  "POST /projects/{projectId}/machine/start": {
    summary: "Start the machine and its app",
    access: operate,
    params,
    reply: { status: 202, body: machine },
    faults: ["wrong_state", "quota_exceeded"],
    provisions: true,
  },
  "POST /projects/{projectId}/machine/restart": {
    summary: "Restart the machine and its app; its data is kept",
    access: operate,
    params,
    reply: { status: 202, body: machine },
    faults: ["wrong_state"],
    provisions: true,
  },
  "GET /projects/{projectId}/logs": {
    summary: "The app's last output; a line tells when each of its starts began",
    access: read,
    params,
    query: z.object({ tailBytes: z.coerce.number().int().min(1).max(262_144).default(65_536) }),
    reply: { status: 200, body: z.object({ text: z.string() }) },
  },
  "POST /projects/{projectId}/preview-links": {
    summary: "A one-time address that opens a private preview",
    access: read,
    params,
    body: z.strictObject({ returnTo: z.string().max(500).default("/") }),
    reply: { status: 201, body: z.object({ url: z.string(), expiresAt: instant }) },
  },
} as const satisfies RouteTable

export const apps = defineKind({
  noun: "app",
  about: "A version of a project's files that runs in a machine, and what became of earlier ones.",
  parent: "project",
  ids: { app: appId },
  states: { app: appStates },
  events: { "app.changed": ["project"] },
  loops: ["apps"],
  routes: appRoutes,
})
