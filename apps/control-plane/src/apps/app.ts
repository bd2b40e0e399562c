import type { App, AppSettings } from "@vibecaas/contract/kinds/apps"
import type { Phase } from "../core/phase.ts"
import type { apps } from "../db/tables/apps.ts"

/**
 * An app is the one supervised process of a machine, of one commit of a project.
 *
 * The row says which commit people want and what was last observed of the process.
 */
export type AppRow = typeof apps.$inferSelect

/** What a project is told of an app. */
export function signalOf(row: AppRow): { phase: Phase; detail: string | null } {
  if (row.state === "crashed") return { phase: "crashed", detail: row.failure }
  const phases = {
    none: "starting",
    starting: "starting",
    running: "up",
    stopped: "stopped",
  } as const
  const takenBack = row.commitWanted === row.commitRefused
  return { phase: phases[row.state], detail: row.doing ?? (takenBack ? row.failure : null) }
}

/** What people set of it. */
export function showSettings({ command, environment, settingsVersion }: AppRow): AppSettings {
  return { command, environment, version: settingsVersion }
}

/** How a row is shown by the API. */
export function showApp(row: AppRow): App {
  return {
    id: row.id,
    organizationId: row.organizationId,
    projectId: row.projectId,
    machineId: row.machineId,
    purpose: row.purpose,
    draftOf: row.draftOf,
    state: row.state,
    commitWanted: row.commitWanted,
    commit: row.commit,
    settingsVersion: row.settingsVersion,
    settingsApplied: row.settingsApplied,
    commitRefused: row.commitRefused,
    script: row.script,
    follows: row.follows !== null,
    phase: row.phase,
    doing: row.doing,
    exitCode: row.exitCode,
    restarts: row.restarts,
    startedAt: row.startedAt?.toISOString() ?? null,
    failure: row.failure,
    logTail: row.logTail,
    updatedAt: row.updatedAt.toISOString(),
  }
}
