import type { AppState, Microvm, MicrovmState } from "@vibecaas/contract/kinds/microvms"
import type { Phase } from "../core/phase.ts"

/**
 * A microVM is the machine of one project; its app is the one supervised process inside.
 *
 * The row says what people want and what was last observed. What the machine holds is either a
 * checkout (`/workspace`) that can be made again from the repository, or data (`/data`) that
 * outlives every restart and goes only with the project.
 */
export interface MicrovmRow {
  id: string
  organizationId: string
  projectId: string
  cpuCount: number
  memoryMib: number
  diskMib: number
  trust: "blueprint" | "untrusted"
  wanted: Microvm["wanted"]
  restartWanted: number
  appCommitWanted: string | null
  state: MicrovmState
  restarted: number
  /** where its data lie; none before it first booted */
  hostId: string | null
  driver: string | null
  isolation: string | null
  reaches: string[]
  failure: string | null
  appState: AppState
  appCommit: string | null
  appPort: number | null
  appExitCode: number | null
  appRestarts: number
  appStartedAt: Date | null
  appEndedAt: Date | null
  appFailure: string | null
  appLogTail: string[]
  startedAt: Date | null
  meteredUntil: Date | null
  updatedAt: Date
}

/** Size of a machine; ten of them fit in the starter plan's memory. */
export const machineSize = { cpuCount: 1, memoryMib: 384, diskMib: 1024 } as const

/** From which state a machine may come to which; the loop's writes compare with it. */
export const microvmMoves = {
  requested: ["starting", "running", "failed", "stopping", "stopped", "destroying"],
  starting: ["running", "failed", "stopping", "stopped", "destroying"],
  running: ["starting", "failed", "stopping", "stopped", "destroying"],
  stopping: ["stopped", "requested", "starting", "running", "failed", "destroying"],
  stopped: ["requested", "starting", "running", "stopping", "failed", "destroying"],
  failed: ["requested", "starting", "stopping", "stopped", "destroying"],
  destroying: [],
} as const satisfies Record<MicrovmState, readonly MicrovmState[]>

export function mayMove(from: MicrovmState, to: MicrovmState): boolean {
  return from === to || (microvmMoves[from] as readonly MicrovmState[]).includes(to)
}

/** What a project is told of its app, from what was observed of the machine and of the app. */
export function signalOf(row: MicrovmRow): { phase: Phase; detail: string | null } {
  if (row.appCommitWanted === null) return { phase: "none", detail: null }
  if (row.wanted !== "running") return { phase: "stopped", detail: null }
  if (row.state === "failed") return { phase: "crashed", detail: row.failure }
  if (row.appState === "crashed") return { phase: "crashed", detail: row.appFailure }
  if (row.state === "running" && row.appState === "running") return { phase: "up", detail: null }
  return { phase: "starting", detail: null }
}

/** How a row is shown by the API. */
export function showMicrovm(row: MicrovmRow): Microvm {
  return {
    // Ids come from our own columns, filled only by `newId`.
    id: row.id as Microvm["id"],
    organizationId: row.organizationId as Microvm["organizationId"],
    projectId: row.projectId as Microvm["projectId"],
    wanted: row.wanted,
    state: row.state,
    driver: row.driver,
    isolation: row.isolation,
    reaches: row.reaches,
    cpuCount: row.cpuCount,
    memoryMib: row.memoryMib,
    diskMib: row.diskMib,
    app: {
      state: row.appState,
      commit: row.appCommit,
      exitCode: row.appExitCode,
      restarts: row.appRestarts,
      startedAt: row.appStartedAt?.toISOString() ?? null,
      failure: row.appFailure,
      logTail: row.appLogTail,
    },
    failure: row.failure,
    startedAt: row.startedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  }
}
