import type { Prepared } from "../../packages/index.ts"
import type { AppRow } from "../app.ts"
import type { SeenMachine } from "../next-step.ts"

export const start = new Date("2026-01-01T00:00:00Z")
/** An app that runs. */
export const row: AppRow = {
  id: "app_1",
  organizationId: "org_1",
  projectId: "prj_1",
  machineId: "vm_1",
  purpose: "live",
  draftOf: null,
  commitWanted: "c1",
  follows: null,
  command: null,
  environment: {},
  settingsVersion: 1,
  settingsApplied: 1,
  secretsApplied: "",
  state: "running",
  commit: "c1",
  script: "start",
  commitProved: null,
  commitRefused: null,
  phase: "settled",
  snapshot: null,
  restoreFrom: null,
  restoreAsked: 0,
  restoreDone: 0,
  restoring: "no",
  port: 3000,
  doing: null,
  exitCode: null,
  restarts: 0,
  startedAt: start,
  endedAt: null,
  failure: null,
  logTail: [],
  due: true,
  createdAt: start,
  updatedAt: start,
}
export const after = (ms: number) => new Date(start.getTime() + ms)
/** A machine with an app that was started. */
export const alive = (
  state: "none" | "starting" | "listening" | "exited",
  startedAt = start,
  prepared: Prepared = { is: "ready" },
): SeenMachine => ({
  machine: "up",
  app: { state, startedAt: state === "none" ? undefined : startedAt },
  prepared,
  secrets: "",
})
