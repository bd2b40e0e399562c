import { z } from "zod"
import { dataModelRoutes } from "../app-data-model.ts"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import { machine, machineId, operateMachine, purposes } from "./machines.ts"
import { commitRef, inProject, projectId } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const appId = idOf("app", "an app")

/** An app is one supervised process of a machine, of one version of a project's files. */
export const appStates = ["none", "starting", "running", "crashed", "stopped"] as const
export type AppState = (typeof appStates)[number]

/** How far the change from one commit to another is: forwards, or back to the one before. */
export const appPhases = ["settled", "switching", "returning"] as const

/** How often an app that ends by itself is started again; then a person or a new commit is waited for. */
export const appRestartsMax = 3

export const app = z
  .object({
    id: appId,
    organizationId,
    projectId,
    machineId,
    purpose: z.enum(purposes),
    draftOf: z
      .string()
      .nullable()
      .meta({ description: "of a draft: the run whose agents work on it" }),
    state: z.enum(appStates),
    commitWanted: z.string().meta({ description: "the commit that should run" }),
    commit: z.string().nullable().meta({ description: "the commit that runs" }),
    commitRefused: z.string().nullable().meta({
      description: "a wanted commit that did not run well: the one before it runs, with its data",
    }),
    phase: z.enum(appPhases).meta({
      description: "how far the change to another commit is; visitors wait until it is settled",
    }),
    settingsVersion: z.number().int().meta({ description: "counts changes of its settings" }),
    settingsApplied: z
      .number()
      .int()
      .nullable()
      .meta({ description: "the version that its last start had" }),
    doing: z
      .string()
      .nullable()
      .meta({ description: "what its start waits for, for people: packages, or a build" }),
    exitCode: z.number().int().nullable(),
    restarts: z.number().int(),
    startedAt: instant.nullable(),
    failure: z.string().nullable().meta({ description: "why it does not run, for people" }),
    logTail: z.array(z.string()).meta({ description: "last lines of the start that ended" }),
    updatedAt: instant,
  })
  .meta({ id: "App" })
export type App = z.infer<typeof app>

/** Variables that an app finds without being told, and no setting changes. */
const reservedVariables = ["PORT", "HOST", "NODE_ENV", "DATA_DIR", "TMPDIR", "HOME", "PATH"]
const variables = { count: 100, nameMax: 100, valueMax: 8192, bytesMax: 32_768 } as const

/** What is wrong with the name of a variable, in words. */
function faultOfName(name: string): string | undefined {
  if (name === "") return "Give the variable a name."
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return "Use letters, digits and underscores, with no digit at the beginning."
  }
  if (name.length > variables.nameMax) return `Use at most ${variables.nameMax} characters.`
  return reservedVariables.includes(name) ? `${name} is set by the platform.` : undefined
}

function faultOfValue(value: string): string | undefined {
  if (value.includes("\0")) return "A value cannot hold a zero byte."
  return value.length > variables.valueMax
    ? `A value has at most ${variables.valueMax} characters.`
    : undefined
}

export const environment = z.record(z.string(), z.string()).superRefine((pairs, { addIssue }) => {
  const all = Object.entries(pairs)
  const say = (message: string, path: string[] = []) => addIssue({ code: "custom", message, path })
  for (const [name, value] of all) {
    const fault = faultOfName(name) ?? faultOfValue(value)
    if (fault) say(fault, [name])
  }
  const size = all.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (all.length > variables.count) say(`Use at most ${variables.count} variables.`)
  if (size > variables.bytesMax) say(`All variables have at most ${variables.bytesMax} characters.`)
})

const word = z
  .string()
  .min(1, "A word of the command is empty.")
  .max(1000)
  .regex(/^[^\0]*$/, "A command cannot hold a zero byte.")
const settable = {
  command: z
    .array(word)
    .min(1, "Name what to run.")
    .max(50)
    .nullable()
    .meta({ description: "how it is started; none: as its files say" }),
  environment,
}

/** What people set of an app. Values are kept readable: who may only look does not see them. */
export const appSettings = z
  .object({ ...settable, version: z.number().int().meta({ description: "send it as If-Match" }) })
  .meta({ id: "AppSettings" })
export type AppSettings = z.infer<typeof appSettings>

/** What became of a version that was started. */
const releaseOutcomes = ["starting", "running", "failed", "replaced", "stopped"] as const

export const release = z
  .object({
    number: z.number().int().meta({ description: "counts the app's releases" }),
    commit: z.string(),
    settingsVersion: z.number().int(),
    command: z.array(z.string()).nullable(),
    variables: z.array(z.string()).meta({ description: "names of what was set for it" }),
    outcome: z.enum(releaseOutcomes),
    failure: z.string().nullable(),
    startedAt: instant,
    /** when another took its place, or it ended for good */
    endedAt: instant.nullable(),
  })
  .meta({ id: "Release" })
export type Release = z.infer<typeof release>

const params = z.object({ appId })
const onApp = { by: "object", object: "app", from: "appId" } as const
const operate = { ...onApp, permission: "app:operate" } as const
const read = { ...onApp, permission: "project:read" } as const
const whichCommit = z.strictObject({ commit: commitRef.optional() })

export const appRoutes = {
  "GET /projects/{projectId}/apps": {
    summary: "Apps of a project, those of drafts too, oldest first",
    access: { ...inProject, permission: "project:read" },
    params: z.object({ projectId }),
    query: z.object(pageQuery),
    reply: { status: 200, body: pageOf(app) },
  },
  "POST /projects/{projectId}/apps": {
    summary: "Run a commit (the newest by default) at the project's address",
    access: { ...inProject, permission: "app:operate" },
    params: z.object({ projectId }),
    body: whichCommit,
    reply: { status: 202, body: app },
    faults: ["quota_exceeded", "conflict", "wrong_state"],
    provisions: true,
  },
  "GET /apps/{appId}": {
    summary: "One app",
    access: read,
    params,
    reply: { status: 200, body: app },
  },
  "POST /apps/{appId}/deploy": {
    summary: "Run a commit (the newest by default) in place of what runs",
    access: operate,
    params,
    body: whichCommit,
    reply: { status: 202, body: app },
    faults: ["quota_exceeded", "conflict", "wrong_state"],
    provisions: true,
  },
  "POST /apps/{appId}/restart": {
    summary: "End the app and start it anew, with its settings as they are now",
    access: operate,
    params,
    reply: { status: 202, body: app },
    faults: ["quota_exceeded", "wrong_state"],
    provisions: true,
  },
  "GET /apps/{appId}/settings": {
    summary: "How the app is started",
    access: operate,
    params,
    reply: { status: 200, body: appSettings },
  },
  "PATCH /apps/{appId}/settings": {
    summary: "Change how the app is started; its next start has it",
    access: operate,
    params,
    body: z
      .strictObject(settable)
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: appSettings },
    faults: ["version_mismatch", "wrong_state"],
    ifMatch: true,
  },
  "GET /apps/{appId}/releases": {
    summary: "Versions that were started, newest first",
    access: read,
    params,
    query: z.object(pageQuery),
    reply: { status: 200, body: pageOf(release) },
  },
  "GET /apps/{appId}/logs": {
    summary: "The app's last output; a line tells when each of its starts began",
    access: read,
    params,
    query: z.object({ tailBytes: z.coerce.number().int().min(1).max(262_144).default(65_536) }),
    reply: { status: 200, body: z.object({ text: z.string() }) },
  },
  "POST /machines/{machineId}/start": {
    summary: "Start the machine and what runs on it",
    access: operateMachine,
    params: z.object({ machineId }),
    reply: { status: 202, body: machine },
    faults: ["wrong_state", "quota_exceeded"],
    provisions: true,
  },
  "POST /machines/{machineId}/restart": {
    summary: "Restart the machine and what runs on it; its data is kept",
    access: operateMachine,
    params: z.object({ machineId }),
    reply: { status: 202, body: machine },
    faults: ["wrong_state"],
    provisions: true,
  },
  ...dataModelRoutes,
  "POST /projects/{projectId}/preview-links": {
    summary: "A one-time address that opens a private preview, or what agents work on",
    access: { ...inProject, permission: "project:read" },
    params: z.object({ projectId }),
    body: z.strictObject({
      returnTo: z.string().max(500).default("/"),
      draftOf: z.string().max(64).optional().meta({
        description: "a run, to see what its agents work on in place of what visitors see",
      }),
    }),
    reply: { status: 201, body: z.object({ url: z.string(), expiresAt: instant }) },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable

export const apps = defineKind({
  noun: "app",
  about: "A version of a project's files that runs in a machine, and what became of earlier ones.",
  parent: "project",
  ids: { app: appId },
  objects: { app: { read: "project:read" } },
  states: { app: appStates },
  may: { "app:operate": ["owner", "admin", "developer"] },
  events: { "app.changed": ["project"], "app.deleted": ["project"] },
  loops: ["apps"],
  routes: appRoutes,
})
