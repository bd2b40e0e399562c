import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { projectId } from "./projects.ts"
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

export const machine = z
  .object({
    id: machineId,
    organizationId,
    projectId,
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

const params = z.object({ projectId })

export const machineRoutes = {
  "GET /projects/{projectId}/machine": {
    summary: "The project's machine",
    access: { by: "object", object: "project", from: "projectId", permission: "project:read" },
    params,
    reply: { status: 200, body: machine },
  },
  "POST /projects/{projectId}/machine/stop": {
    summary: "Stop the machine; its data is kept",
    access: {
      by: "object",
      object: "project",
      from: "projectId",
      permission: "machine:operate",
    },
    params,
    reply: { status: 202, body: machine },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable

export const machines = defineKind({
  noun: "machine",
  about: "Where a project's code runs, apart from everything else.",
  parent: "project",
  ids: { machine: machineId },
  states: { machine: machineStates },
  may: { "machine:operate": ["owner", "admin", "developer"] },
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
  events: { "machine.changed": ["project"] },
  loops: ["machines"],
  routes: machineRoutes,
})
