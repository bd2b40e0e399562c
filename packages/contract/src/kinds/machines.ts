import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { machineLimits } from "../machine-size.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import { inProject, projectId } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const machineId = idOf("vm", "a machine")

export const machineStates = [
  "requested",
  "starting",
  "running",
  "stopping",
  "stopped",
  "failed",
  "destroying",
] as const
export type MachineState = (typeof machineStates)[number]

/** What a machine is for: `live` is what people use; `draft` what only those see who work on it. */
export const purposes = ["live", "draft"] as const

const size = {
  cpuCount: whole(machineLimits.cpuCount, "CPUs"),
  memoryMib: whole(machineLimits.memoryMib, "MiB"),
  diskMib: whole(machineLimits.diskMib, "MiB"),
}

function whole({ min, max }: { min: number; max: number }, unit: string) {
  const range = `Use ${min} to ${max} ${unit}.`
  return z.int("Use a whole number.").min(min, range).max(max, range)
}

const machineName = z
  .string()
  .trim()
  .min(2, "Use at least 2 characters.")
  .max(60, "Use at most 60 characters.")
  .regex(/^[^\p{C}]*$/u, "Use only characters that can be seen.")

export const machine = z
  .object({
    id: machineId,
    organizationId,
    projectId,
    name: z.string().nullable(),
    purpose: z.enum(purposes),
    wanted: z.enum(["running", "stopped", "gone"]),
    state: z.enum(machineStates),
    host: z.string().nullable().meta({ description: "where its data lie" }),
    driver: z.string().nullable(),
    isolation: z
      .string()
      .nullable()
      .meta({ description: "the isolation really in force, in words" }),
    reaches: z.array(z.string()).meta({ description: "what an app inside can reach" }),
    image: z.string().nullable().meta({ description: "none: the driver's only one" }),
    cpuCount: z.number().int(),
    memoryMib: z.number().int(),
    diskMib: z.number().int(),
    failure: z.string().nullable(),
    startedAt: instant.nullable(),
    updatedAt: instant,
  })
  .meta({ id: "Machine" })
export type Machine = z.infer<typeof machine>

export const machineUse = z
  .object({
    processors: z.number().meta({ description: "that are busy, e.g. 0.5" }),
    memoryBytes: z.number(),
    diskBytes: z.number().nullable().meta({ description: "null: too many files to count" }),
    processes: z.number().int(),
  })
  .meta({ id: "MachineUse" })
export type MachineUse = z.infer<typeof machineUse>

const params = z.object({ machineId })
const onMachine = { by: "object", object: "machine", from: "machineId" } as const
export const operateMachine = { ...onMachine, permission: "machine:operate" } as const

/** Starting and restarting are in `apps.ts`: what runs on a machine goes with it. */
export const machineRoutes = {
  "GET /projects/{projectId}/machines": {
    summary: "Machines of a project, those of drafts too, oldest first",
    access: { ...inProject, permission: "project:read" },
    params: z.object({ projectId }),
    query: z.object(pageQuery),
    reply: { status: 200, body: pageOf(machine) },
  },
  "POST /projects/{projectId}/machines": {
    summary: "Make another machine, stopped; its size is of the plan's limits",
    access: { ...inProject, permission: "machine:operate" },
    params: z.object({ projectId }),
    body: z.strictObject({ name: machineName, size: z.strictObject(size).partial() }).partial(),
    reply: { status: 201, body: machine },
    faults: ["wrong_state", "quota_exceeded"],
    idempotent: true,
  },
  "GET /machines/{machineId}": {
    summary: "One machine",
    access: { ...onMachine, permission: "project:read" },
    params,
    reply: { status: 200, body: machine },
  },
  "GET /machines/{machineId}/use": {
    summary: "What a machine that runs uses at this moment",
    access: { ...onMachine, permission: "project:read" },
    params,
    reply: { status: 200, body: machineUse },
    faults: ["wrong_state", "unavailable"],
  },
  "POST /machines/{machineId}/stop": {
    summary: "Stop the machine; its data is kept",
    access: operateMachine,
    params,
    reply: { status: 202, body: machine },
    faults: ["wrong_state"],
  },
  "DELETE /machines/{machineId}": {
    summary: "Delete a machine with its data and the apps on it; the project stays",
    access: { ...onMachine, permission: "machine:delete" },
    params,
    reply: { status: 202, body: machine },
  },
} as const satisfies RouteTable

export const machines = defineKind({
  noun: "machine",
  about: "Where a project's code runs, apart from everything else.",
  parent: "project",
  ids: { machine: machineId },
  objects: { machine: { read: "project:read" } },
  states: { machine: machineStates },
  may: {
    "machine:operate": ["owner", "admin", "developer"],
    "machine:delete": ["owner", "admin"],
  },
  quotas: {
    machines: {
      name: "Machines",
      counted: "machines",
      limits: { starter: 10, pro: 50, team: 200 },
    },
    machine_memory_mib: {
      name: "Memory of machines",
      counted: "MiB of machine memory",
      limits: { starter: 4096, pro: 16_384, team: 131_072 },
    },
  },
  meters: { "machine.seconds": { name: "Machine time", unit: "seconds" } },
  events: { "machine.changed": ["project"], "machine.deleted": ["project"] },
  loops: ["machines"],
  routes: machineRoutes,
})
