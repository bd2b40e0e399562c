import type { Machine, MachineState } from "@vibecaas/contract/kinds/machines"
import type { machineSize } from "@vibecaas/contract/machine-size"
import type { machines } from "../db/tables/machines.ts"

/**
 * A machine is where a project's code runs: a host, a driver, a size.
 *
 * The row says what people want and what was last observed. What the machine holds is either a
 * checkout (`/workspace`) that can be made again from the repository, or data (`/data`) that
 * outlives every restart and goes only with the project.
 */
export type MachineRow = typeof machines.$inferSelect

export type MachineSize = { [Part in keyof typeof machineSize]: number | undefined }

/** From which state a machine may come to which; the loop's writes compare with it. */
export const machineMoves = {
  requested: ["starting", "running", "failed", "stopping", "stopped", "destroying"],
  starting: ["running", "failed", "stopping", "stopped", "destroying"],
  running: ["starting", "failed", "stopping", "stopped", "destroying"],
  stopping: ["stopped", "requested", "starting", "running", "failed", "destroying"],
  stopped: ["requested", "starting", "running", "stopping", "failed", "destroying"],
  failed: ["requested", "starting", "stopping", "stopped", "destroying"],
  destroying: [],
} as const satisfies Record<MachineState, readonly MachineState[]>

export function mayMove(from: MachineState, to: MachineState): boolean {
  return from === to || (machineMoves[from] as readonly MachineState[]).includes(to)
}

/** How a row is shown by the API. */
export function showMachine(row: MachineRow): Machine {
  return {
    id: row.id,
    organizationId: row.organizationId,
    projectId: row.projectId,
    name: row.name,
    purpose: row.purpose,
    wanted: row.wanted,
    state: row.state,
    host: row.hostId,
    driver: row.driver,
    isolation: row.isolation,
    reaches: row.reaches,
    image: row.image,
    cpuCount: row.cpuCount,
    memoryMib: row.memoryMib,
    diskMib: row.diskMib,
    failure: row.failure,
    startedAt: row.startedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  }
}
