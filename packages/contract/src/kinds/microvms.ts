import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { projectId } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const microvmId = idOf("vm", "a microVM")

export const microvmStates = [
  "requested",
  "starting",
  "running",
  "stopping",
  "stopped",
  "failed",
  "destroying",
] as const
export type MicrovmState = (typeof microvmStates)[number]

/** The app is the one supervised process of a project's machine. */
export const appStates = ["none", "starting", "running", "crashed", "stopped"] as const
export type AppState = (typeof appStates)[number]

/** How often an app that ends by itself is started again; then a person or a new commit is waited for. */
export const appRestartsMax = 3

export const microvm = z
  .object({
    id: microvmId,
    organizationId,
    projectId,
    wanted: z.enum(["running", "stopped", "gone"]),
    state: z.enum(microvmStates),
    driver: z.string().nullable(),
    isolation: z
      .string()
      .nullable()
      .meta({ description: "the isolation really in force, in words" }),
    reaches: z.array(z.string()).meta({ description: "what an app inside can reach" }),
    cpuCount: z.number().int(),
    memoryMib: z.number().int(),
    diskMib: z.number().int(),
    app: z.object({
      state: z.enum(appStates),
      commit: z.string().nullable().meta({ description: "the commit that runs" }),
      exitCode: z.number().int().nullable(),
      restarts: z.number().int(),
      startedAt: instant.nullable(),
      failure: z.string().nullable().meta({ description: "why it does not run, for people" }),
      logTail: z.array(z.string()).meta({ description: "last lines of the start that ended" }),
    }),
    failure: z.string().nullable(),
    startedAt: instant.nullable(),
    updatedAt: instant,
  })
  .meta({ id: "Microvm" })
export type Microvm = z.infer<typeof microvm>

const params = z.object({ projectId })
const operate = {
  by: "object",
  object: "project",
  from: "projectId",
  permission: "microvm:operate",
} as const

export const microvmRoutes = {
  "GET /projects/{projectId}/microvm": {
    summary: "The project's machine and its app",
    access: { by: "object", object: "project", from: "projectId", permission: "project:read" },
    params,
    reply: { status: 200, body: microvm },
  },
  "POST /projects/{projectId}/microvm/start": {
    summary: "Start the machine and its app",
    access: operate,
    params,
    reply: { status: 202, body: microvm },
    faults: ["wrong_state", "quota_exceeded"],
    provisions: true,
  },
  "POST /projects/{projectId}/microvm/stop": {
    summary: "Stop the machine; its data is kept",
    access: operate,
    params,
    reply: { status: 202, body: microvm },
    faults: ["wrong_state"],
  },
  "POST /projects/{projectId}/microvm/restart": {
    summary: "Restart the machine; its data is kept",
    access: operate,
    params,
    reply: { status: 202, body: microvm },
    faults: ["wrong_state"],
    provisions: true,
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
    reply: { status: 202, body: microvm },
    faults: ["quota_exceeded", "conflict"],
    provisions: true,
  },
  "GET /projects/{projectId}/logs": {
    summary: "The app's last output; a line tells when each of its starts began",
    access: { by: "object", object: "project", from: "projectId", permission: "project:read" },
    params,
    query: z.object({ tailBytes: z.coerce.number().int().min(1).max(262_144).default(65_536) }),
    reply: { status: 200, body: z.object({ text: z.string() }) },
  },
  "POST /projects/{projectId}/preview-links": {
    summary: "A one-time address that opens a private preview",
    access: { by: "object", object: "project", from: "projectId", permission: "project:read" },
    params,
    body: z.strictObject({ returnTo: z.string().max(500).default("/") }),
    reply: { status: 201, body: z.object({ url: z.string(), expiresAt: instant }) },
  },
} as const satisfies RouteTable

export const microvms = defineKind({
  noun: "machine",
  about: "Where a project's code runs, and its app.",
  parent: "project",
  ids: { microvm: microvmId },
  states: { microvm: microvmStates, app: appStates },
  may: { "microvm:operate": ["owner", "admin", "developer"] },
  quotas: {
    microvms: {
      name: "Machines",
      counted: "machines",
      limits: { starter: 10, pro: 50, team: 200 },
    },
    microvm_memory_mib: {
      name: "Memory of machines",
      counted: "MiB of machine memory",
      limits: { starter: 4096, pro: 16_384, team: 131_072 },
    },
  },
  meters: { "microvm.seconds": { name: "Machine time", unit: "seconds" } },
  events: { "microvm.changed": ["project"] },
  loops: ["microvms"],
  routes: microvmRoutes,
})
