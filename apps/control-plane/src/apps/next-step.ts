import { type App, appRestartsMax } from "@vibecaas/contract/kinds/apps"
import { type Rest, rest } from "../core/resource-loop.ts"
import type { Prepared } from "../packages/index.ts"
import type { AppRow } from "./app.ts"

/** What the agent says of the app; `startedAt` tells one start from another. */
export interface SeenApp {
  state: "none" | "starting" | "listening" | "exited"
  startedAt: Date | undefined
}

/** What was seen of an app's machine; `app` is known only of one that runs. */
export type SeenMachine =
  /** it is gone or to go, or the project is */
  | { machine: "gone" }
  | { machine: "stopped" }
  | { machine: "failed"; failure: string | null }
  /** on its way up */
  | { machine: "pending" }
  | Up

export interface Up {
  machine: "up"
  app: SeenApp
  prepared: Prepared
  /** which secrets it is to have, by their versions */
  secrets: string
  /** what a draft that follows its run's branch is to show */
  shows?: Target
}

/** What is to run. */
export interface Target {
  commit: string
  script: App["script"]
}

export type Step =
  /** ends the process and the row */
  | { do: "remove" }
  | { do: "record-stopped" }
  /** its machine failed, and says why */
  | { do: "record-no-machine"; failure: string | null }
  /** it ran, and its machine starts anew */
  | { do: "record-lost" }
  /** begins to install and build what the commit needs */
  | ({ do: "prepare"; doing: string } & Target)
  /** what is done of that was seen */
  | { do: "record-preparing"; doing: string }
  /** what the commit needs cannot be had: it does not start */
  | ({ do: "record-unprepared"; why: string; log: string } & Target)
  /** starts a commit; `again` when it crashed before */
  | ({ do: "start-app"; again: boolean } & Target)
  /** gives a dev server that runs the files of another commit, which it sees by itself */
  | { do: "bring-files"; commit: string }
  | { do: "record-listening" }
  /** visitors wait from now on: another commit is to take the place of one that ran well */
  | { do: "begin-switch" }
  /** ends what runs and keeps its data as they are then */
  | { do: "take-snapshot" }
  /** puts the data of the wanted backup in place of what was kept aside */
  | { do: "bring-data" }
  /** asks the new commit for a page; it stays, or goes */
  | { do: "try-app" }
  /** the new commit ended, or does not listen: it goes */
  | { do: "go-back" }
  /** brings the data back as they were before the new commit saw them */
  | { do: "restore" }
  | { do: "record-crash" }
  /** it runs and has not accepted a connection for too long */
  | { do: "give-up-app" }
  /** it ran for long enough that earlier crashes do not count any more */
  | { do: "forget-crashes" }

export const restartLimits = {
  restartsMax: appRestartsMax,
  /** wait before the first restart, in `ms`; doubles each time */
  restartDelayMs: 1000,
  /** an app that ran for this long, in `ms`, has crashed for a new reason */
  calmMs: 10 * 60_000,
  /** longest wait for an app's first accepted connection, in `ms` */
  listenMs: 60_000,
} as const

/** How often it is looked whether what a commit needs is there, in `ms`. */
const preparingMs = 1000

/** How often an app is looked at although nothing was heard of it, in `ms`. */
export const lookAgainMs = 60_000

/**
 * The one next step from what is wanted, what is written and what was seen. It never asks which
 * event led here: whatever happened before, repeating steps brings the app to what is wanted.
 */
export function nextStep(row: AppRow, seen: SeenMachine, now: Date): Step | Rest {
  switch (seen.machine) {
    case "gone":
      return { do: "remove" }
    case "stopped":
      return row.state === "stopped" ? rest(null) : { do: "record-stopped" }
    case "failed": {
      const known = row.state === "crashed" && row.failure === seen.failure
      return known ? rest(null) : { do: "record-no-machine", failure: seen.failure }
    }
    case "pending": {
      const ran = row.state === "running" || (row.state === "starting" && row.startedAt !== null)
      return ran ? { do: "record-lost" } : rest(lookAgainMs)
    }
    case "up":
      return oncePrepared(row, seen, stepOfApp(row, seen, now))
  }
}

/**
 * The commit that should run now: what is wanted, or what ran well before it when that did not.
 * Wishes are people's; a turn never writes them.
 */
export function commitToRun({ commitWanted, commitProved, commitRefused }: AppRow): string {
  return commitWanted === commitRefused ? (commitProved ?? commitWanted) : commitWanted
}

/** The same with its script; a draft that follows its run's branch shows what is there. */
export const targetOf = (row: AppRow, { shows }: { shows?: Target | undefined }): Target =>
  shows ?? { commit: commitToRun(row), script: "start" }

const beginnings: ReadonlySet<string> = new Set<Step["do"]>([
  ...(["start-app", "bring-files", "begin-switch", "take-snapshot"] as const),
])

/** Nothing of what runs ends before all that the next commit needs is there. */
function oncePrepared(row: AppRow, seen: Up, step: Step | Rest): Step | Rest {
  const { prepared } = seen
  if (!beginnings.has(step.do) || prepared.is === "ready") return step
  const target = targetOf(row, seen)
  if (prepared.is === "missing") return { do: "prepare", ...target, doing: prepared.doing }
  if (prepared.is === "failed") {
    return { do: "record-unprepared", ...target, why: prepared.why, log: prepared.log }
  }
  const known = row.doing === prepared.doing
  return known ? rest(preparingMs) : { do: "record-preparing", doing: prepared.doing }
}

function stepOfApp(row: AppRow, seen: Up, now: Date): Step | Rest {
  const { app } = seen
  const target = targetOf(row, seen)
  const { commit } = target
  const step = stepOfSwitch(row, commit)
  if (step) return step
  const start: Step = { do: "start-app", ...target, again: false }
  const idle = row.state === "none" || row.state === "stopped"
  if (idle || row.script !== target.script) return start
  // A start that was interrupted, or that belongs to an earlier life of the machine.
  const ours = row.startedAt?.getTime() === app.startedAt?.getTime()
  const lost = app.state === "none" || row.startedAt === null || !ours
  if (row.commit !== commit) {
    const watches = row.script === "dev" && isUp(row) && !lost && app.state !== "exited"
    return watches ? { do: "bring-files", commit } : start
  }
  // What it was started with is not what it is to have.
  if (row.phase === "settled" && row.secretsApplied !== seen.secrets) return start
  if (row.state === "crashed") return stepAfterCrash(row, target, now)
  if (lost) return start
  const switching = row.phase === "switching"
  if (app.state === "exited") return { do: switching ? "go-back" : "record-crash" }
  if (app.state === "starting") return stepWhileStarting(row, now)
  return switching ? { do: "try-app" } : stepWhileUp(row, now)
}

/** It runs, or is about to. */
export const isUp = ({ state }: AppRow) => state === "running" || state === "starting"

/** A commit takes the place of one that ran well only with a way back. */
function stepOfSwitch(row: AppRow, commit: string): Step | undefined {
  const { phase, snapshot, commitProved, restoring } = row
  // Somebody wished for a third one meanwhile: it must not meet what the second did to the data.
  const tried = row.commit !== null && row.commit !== commitProved && row.commit !== commit
  if (snapshot !== null && (phase === "returning" || tried)) return { do: "restore" }
  if (phase === "switching") {
    if (snapshot === null) return { do: "take-snapshot" }
    return restoring === "begun" ? { do: "bring-data" } : undefined
  }
  return isAnother(row, commit) || mayRestore(row) ? { do: "begin-switch" } : undefined
}

const isAnother = ({ commitProved }: AppRow, commit: string) =>
  commitProved !== null && commit !== commitProved

/** A restore begins once nothing else changes the data. */
function mayRestore({ phase, state, ...row }: AppRow): boolean {
  const quiet = phase === "settled" || (state === "crashed" && row.snapshot === null)
  return row.restoreAsked > row.restoreDone && quiet
}

/** What a change that begins is for: another version comes first, and a restore after it. */
export function changeFor(row: AppRow): Pick<AppRow, "restoring"> {
  return { restoring: isAnother(row, commitToRun(row)) || !mayRestore(row) ? "no" : "begun" }
}

function stepAfterCrash(row: AppRow, target: Target, now: Date): Step | Rest {
  if (row.restarts >= restartLimits.restartsMax) return rest(lookAgainMs)
  const due = (row.endedAt?.getTime() ?? 0) + restartDelay(row.restarts)
  const left = due - now.getTime()
  return left > 0 ? rest(left) : { do: "start-app", ...target, again: true }
}

const restartDelay = (restarts: number) => restartLimits.restartDelayMs * 2 ** restarts

function stepWhileUp(row: AppRow, now: Date): Step | Rest {
  if (row.state !== "running" || row.phase === "returning") return { do: "record-listening" }
  const upMs = now.getTime() - (row.startedAt?.getTime() ?? 0)
  if (row.restarts > 0 && upMs >= restartLimits.calmMs) return { do: "forget-crashes" }
  return rest(lookAgainMs)
}

function stepWhileStarting(row: AppRow, now: Date): Step | Rest {
  // Once it listened, a moment without is no news: it may be busy.
  if (row.state === "running") return rest(1000)
  const left = (row.startedAt?.getTime() ?? 0) + restartLimits.listenMs - now.getTime()
  if (left > 0) return rest(Math.min(left, 1000))
  return { do: row.phase === "switching" ? "go-back" : "give-up-app" }
}
