import { appRestartsMax } from "@vibecaas/contract/kinds/microvms"
import type { MicrovmRow } from "./microvm.ts"

/** What the agent says of the app; `startedAt` tells one start from another. */
export interface SeenApp {
  state: "none" | "starting" | "listening" | "exited"
  startedAt: Date | undefined
}

/** What was seen of a machine; `app` is absent while there is no machine. */
export type SeenMachine = { alive: false } | { alive: true; app: SeenApp }

export type Step =
  /** ends the machine, its data and its row */
  | { do: "tear-down" }
  /** ends the machine, keeps its data */
  | { do: "stop" }
  | { do: "record-stopped" }
  /** starts the machine, or takes over one that runs; `lost` when it ran and vanished */
  | { do: "boot"; lost: boolean }
  | { do: "reboot" }
  | { do: "record-running" }
  /** starts the wanted app; `again` when it crashed before */
  | { do: "start-app"; again: boolean }
  | { do: "stop-app" }
  | { do: "record-listening" }
  | { do: "record-crash" }
  /** it runs and has not accepted a connection for too long */
  | { do: "give-up-app" }
  /** it ran for long enough that earlier crashes do not count any more */
  | { do: "forget-crashes" }
  | { do: "rest"; afterMs: number | null }

export const restartLimits = {
  restartsMax: appRestartsMax,
  /** wait before the first restart, in `ms`; doubles each time */
  restartDelayMs: 1000,
  /** an app that ran for this long, in `ms`, has crashed for a new reason */
  calmMs: 10 * 60_000,
  /** longest wait for an app's first accepted connection, in `ms` */
  listenMs: 60_000,
} as const

/** How often a running machine is looked at although nothing was heard of it, in `ms`. */
export const lookAgainMs = 60_000

/**
 * The one next step from what is wanted, what is written and what was seen. It never asks which
 * event led here: whatever happened before, repeating steps brings the machine to what is wanted.
 */
export function nextStep(row: MicrovmRow, seen: SeenMachine, now: Date): Step {
  if (row.wanted === "gone") return { do: "tear-down" }
  if (row.wanted === "stopped") return stepToStopped(row, seen)
  if (row.state === "failed") return { do: "rest", afterMs: null }
  if (row.restartWanted > row.restarted) return { do: "reboot" }
  if (!seen.alive) return { do: "boot", lost: row.state === "running" }
  if (row.state !== "running") return { do: "record-running" }
  return stepOfApp(row, seen.app, now)
}

function stepToStopped(row: MicrovmRow, seen: SeenMachine): Step {
  if (seen.alive) return { do: "stop" }
  if (row.state === "stopped") return { do: "rest", afterMs: null }
  return row.state === "stopping" ? { do: "record-stopped" } : { do: "stop" }
}

function stepOfApp(row: MicrovmRow, app: SeenApp, now: Date): Step {
  if (row.appCommitWanted === null) {
    const up = app.state === "starting" || app.state === "listening"
    return up ? { do: "stop-app" } : rest
  }
  const idle = row.appState === "none" || row.appState === "stopped"
  if (row.appCommit !== row.appCommitWanted || idle) {
    return { do: "start-app", again: false }
  }
  if (row.appState === "crashed") return stepAfterCrash(row, now)
  // A start that was interrupted, or that belongs to an earlier life of the machine.
  const ours = row.appStartedAt?.getTime() === app.startedAt?.getTime()
  if (app.state === "none" || row.appStartedAt === null || !ours) {
    return { do: "start-app", again: false }
  }
  if (app.state === "exited") return { do: "record-crash" }
  return app.state === "listening" ? stepWhileUp(row, now) : stepWhileStarting(row, now)
}

const rest: Step = { do: "rest", afterMs: lookAgainMs }

function stepAfterCrash(row: MicrovmRow, now: Date): Step {
  if (row.appRestarts >= restartLimits.restartsMax) return rest
  const due = (row.appEndedAt?.getTime() ?? 0) + restartDelay(row.appRestarts)
  const left = due - now.getTime()
  return left > 0 ? { do: "rest", afterMs: left } : { do: "start-app", again: true }
}

const restartDelay = (restarts: number) => restartLimits.restartDelayMs * 2 ** restarts

function stepWhileUp(row: MicrovmRow, now: Date): Step {
  if (row.appState !== "running") return { do: "record-listening" }
  const upMs = now.getTime() - (row.appStartedAt?.getTime() ?? 0)
  if (row.appRestarts > 0 && upMs >= restartLimits.calmMs) return { do: "forget-crashes" }
  return rest
}

function stepWhileStarting(row: MicrovmRow, now: Date): Step {
  // Once it listened, a moment without is no news: it may be busy.
  if (row.appState === "running") return { do: "rest", afterMs: 1000 }
  const left = (row.appStartedAt?.getTime() ?? 0) + restartLimits.listenMs - now.getTime()
  return left > 0 ? { do: "rest", afterMs: Math.min(left, 1000) } : { do: "give-up-app" }
}
