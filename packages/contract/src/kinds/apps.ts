import { z } from "zod"
import { appDataRoutes } from "../app-data.ts"
import { dataModelRoutes } from "../app-data-model.ts"
import { appLogReply } from "../app-log.ts"
import { backupId, backupQuotas, backupRoutes, backupStates } from "../backups.ts"
import { commitRef } from "../commits.ts"
import { gitRoutes } from "../git-http.ts"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import { faultOfVariable, secretReferredTo } from "../variable-names.ts"
import { machine, machineId, operateMachine, purposes } from "./machines.ts"
import { inProject, projectId } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const appId = idOf("app", "an app")

/** An app is one supervised process of a machine, of one version of a project's files. */
export const appStates = ["none", "starting", "running", "crashed", "stopped"] as const
export type AppState = (typeof appStates)[number]

/** How far the change from one commit to another is: forwards, or back to the one before. */
export const appPhases = ["settled", "switching", "returning"] as const

/** Which of its scripts runs: `start` on what its build made, or `dev` on its files as they are. */
export const appScripts = ["start", "dev"] as const

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
    script: z.enum(appScripts).meta({
      description:
        "which of its scripts was started last: `dev` shows files as they change, `start` what its build made",
    }),
    follows: z
      .boolean()
      .meta({ description: "of a draft: it shows each commit of its run as soon as it is there" }),
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

/** What assistants are told of an app. */
const appInShort = app.pick({
  ...{ id: true, purpose: true, state: true, commit: true, doing: true, failure: true },
  ...{ logTail: true, exitCode: true, restarts: true, updatedAt: true },
})

const variables = { count: 100, valueMax: 8192, bytesMax: 32_768 } as const

function faultOfValue(value: string): string | undefined {
  if (value.includes("\0")) return "A value cannot hold a zero byte."
  if (value.startsWith("secret:") && !secretReferredTo(value)) {
    return "Name a secret as secret:NAME, or as secret:organization/NAME where another one shares it."
  }
  return value.length > variables.valueMax
    ? `A value has at most ${variables.valueMax} characters.`
    : undefined
}

export const environment = z.record(z.string(), z.string()).superRefine((pairs, { addIssue }) => {
  const all = Object.entries(pairs)
  const say = (message: string, path: string[] = []) => addIssue({ code: "custom", message, path })
  for (const [name, value] of all) {
    const fault = faultOfVariable(name) ?? faultOfValue(value)
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
  environment: environment.meta({
    description: "variables; the value `secret:NAME` stands for a secret of the vault",
  }),
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
    tool: {
      name: "list_apps",
      says: "Shows what runs of a project: the app that visitors use (live), and drafts of runs.",
      shows: pageOf(appInShort),
    },
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
    tool: { name: "restart_app", says: "Ends an app and starts it anew.", shows: appInShort },
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
    ...appLogReply,
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
  ...gitRoutes,
  ...backupRoutes,
  ...appDataRoutes,
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
    tool: {
      name: "open_preview",
      says: "Makes an address that opens a project's app once, within a minute, in the person's browser. Public apps need none: their project has its previewUrl.",
    },
  },
} as const satisfies RouteTable

export const apps = defineKind({
  noun: "app",
  about: "A version of a project's files that runs in a machine, and what became of earlier ones.",
  parent: "project",
  ids: { app: appId, backup: backupId },
  objects: { app: { read: "project:read" }, backup: { read: "data:read" } },
  states: { app: appStates, backup: backupStates },
  may: {
    "app:operate": ["owner", "admin", "developer"],
    "data:read": ["owner", "admin", "developer"],
    "data:manage": ["owner", "admin", "developer"],
  },
  quotas: backupQuotas,
  meters: { "backup.bytes": { name: "Backups made", unit: "bytes" } },
  events: {
    "app.changed": ["project"],
    "app.deleted": ["project"],
    "backup.changed": ["project"],
    "backup.deleted": ["project"],
  },
  loops: ["apps", "backups"],
  routes: appRoutes,
})
