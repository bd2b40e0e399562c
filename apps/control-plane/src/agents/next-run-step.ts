import type { Clause } from "@vibecaas/contract/goal"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { PromotionSeen } from "../apps/index.ts"
import { type Rest, rest } from "../core/resource-loop.ts"
import { type Accounted, settled } from "./account.ts"
import type { RunRow } from "./run.ts"
import { unfinishedRunStates } from "./run.ts"
import {
  activeTaskStates,
  checkWaitsFor,
  idleTaskStates,
  readyTasks,
  runOutcome,
  type TaskRow,
  unreachableTasks,
} from "./task.ts"

/** What a run's next step depends on beside its row. */
export interface SeenRun {
  tasks: readonly TaskRow[]
  /** its project is to go, and the run's rows with it */
  going: boolean
  /** how far its commit is on the way to the live app's place; once that was asked for */
  promotion: PromotionSeen | undefined
  /** what its tasks say became of wishes; once all have ended */
  accounts: readonly Accounted[]
  /** what people wrote to it and an agent was told of; once its tasks have ended */
  messages: readonly string[]
  /** when its draft is to be stopped: it runs, and nothing but a person is waited for */
  draftUntil: Date | undefined
  /** whether what is proved may take the live app's place */
  leave: Leave
}

/** `unasked`: a person is to decide, and nobody has asked them; `refused` with who, and what they said. */
export type Leave = "given" | "unasked" | "asked" | { refused: string }

export type RunEnd = "succeeded" | "partly" | "failed" | "cancelled"

export type RunStep =
  /** somebody, or the deletion of the project, wants it stopped */
  | { do: "ask-to-stop" }
  /** tasks that wait never start, and those that ask go on no more */
  | { do: "end-waiting"; ids: IdOf<"task">[]; as: "cancelled" | "skipped" }
  /** the planning task may begin */
  | { do: "plan" }
  /** what the planning task handed over becomes tasks, or an end */
  | { do: "take-plan"; planning: TaskRow }
  /** nobody has answered for long: its draft is given back, and woken when somebody did */
  | { do: "stop-draft" }
  /** a candidate has done all that it can without being chosen */
  | { do: "prove"; clauses: Clause[] }
  /** its commit is proved: a person decides whether it may take the live app's place */
  | { do: "ask-leave"; commit: string }
  /** its commit is proved: it is to take the live app's place */
  | { do: "promote"; commit: string }
  | { do: "finish"; state: RunEnd; failure: string | null; clauses?: Clause[] }
  /** removes its rows and lets go of the project */
  | { do: "tear-down" }

/** How often those at work on a run that is to stop are woken again, in `ms`. */
const stopAgainMs = 2000
/** How often a promotion is looked at although nothing was heard of it, in `ms`: a wake can be lost. */
const promotingAgainMs = 5000

export function nextRunStep(run: RunRow, seen: SeenRun, now: Date): RunStep | Rest {
  const step = stepOf(run, seen)
  const goesOn = unfinishedRunStates.includes(run.state) && run.wanted !== "cancelled"
  if (step.do !== "rest" || !goesOn || !seen.draftUntil) return step
  const leftMs = seen.draftUntil.getTime() - now.getTime()
  if (leftMs <= 0) return { do: "stop-draft" }
  return { ...step, afterMs: Math.min(step.afterMs ?? leftMs, leftMs) }
}

function stepOf(run: RunRow, seen: SeenRun): RunStep | Rest {
  const { tasks, going } = seen
  const unfinished = unfinishedRunStates.includes(run.state)
  if (!unfinished) return going ? { do: "tear-down" } : rest(null)
  if (going && run.wanted !== "cancelled") return { do: "ask-to-stop" }
  if (run.wanted === "cancelled") return stepToStopped(tasks)
  if (run.state === "queued") return { do: "plan" }
  return run.state === "planning" ? stepWhilePlanning(tasks) : stepWhileRunning(run, seen)
}

function stepToStopped(tasks: readonly TaskRow[]): RunStep | Rest {
  const waiting = idsOf(tasks.filter(({ state }) => idleTaskStates.includes(state)))
  if (waiting.length > 0) return { do: "end-waiting", ids: waiting, as: "cancelled" }
  const active = tasks.filter(({ state }) => activeTaskStates.includes(state))
  if (active.length > 0) {
    return { ...rest(stopAgainMs), mark: `stopping ${active.length}`, wake: wakesOf(active) }
  }
  return { do: "finish", state: "cancelled", failure: null }
}

function stepWhilePlanning(tasks: readonly TaskRow[]): RunStep | Rest {
  const planning = tasks[0]
  if (planning?.state === "succeeded") return { do: "take-plan", planning }
  if (planning?.state !== "failed") return { ...rest(null), wake: wakesOf(readyTasks(tasks)) }
  return { do: "finish", state: "failed", failure: planning.evidence ?? "Planning failed." }
}

/** Wakes what can start, skips what never can, and ends the run when nothing is left. */
function stepWhileRunning(run: RunRow, seen: SeenRun): RunStep | Rest {
  const { tasks } = seen
  const lost = idsOf(unreachableTasks(tasks))
  if (lost.length > 0) return { do: "end-waiting", ids: lost, as: "skipped" }
  const outcome = runOutcome(tasks)
  if (outcome === "failed") return { do: "finish", state: outcome, failure: failureOf(tasks) }
  if (outcome === "succeeded") {
    if (run.commit === null) return accountedEnd(run, seen)
    return isHeld(run) ? stepOfHeld(run, seen) : stepOfPromotion(run, run.commit, seen)
  }
  const checkable = tasks.filter(
    (task) =>
      task.state === "checking" &&
      task.check?.kind !== "files" &&
      checkWaitsFor(task, tasks).length === 0,
  )
  return { ...rest(null), wake: wakesOf([...readyTasks(tasks), ...checkable]) }
}

/** Whether it waits for a person to choose between it and others. */
const isHeld = ({ comparisonId, chosen }: RunRow) => comparisonId !== null && !chosen

function stepOfHeld(run: RunRow, { accounts, messages }: SeenRun): RunStep | Rest {
  if (run.provedAt === null) {
    return { do: "prove", clauses: settled(run.clauses, accounts, messages) }
  }
  return { ...rest(null), wake: comparisonOf(run) }
}

/** The comparison that it is a candidate of. */
export const comparisonOf = ({ comparisonId: id }: Pick<RunRow, "comparisonId">) =>
  id === null ? [] : [{ loop: "comparisons", id } as const]

/** Nothing is said to have succeeded before people have it. */
function stepOfPromotion(run: RunRow, commit: string, seen: SeenRun): RunStep | Rest {
  const { promotion, leave } = seen
  if (!promotion) return stepOfLeave(commit, leave)
  if (promotion.is === "under way") {
    return { ...rest(promotingAgainMs), mark: `promoting ${commit}` }
  }
  if (promotion.is === "done") return accountedEnd(run, seen)
  const failure = `It was built and tested, but could not take the app's place. ${promotion.why}`
  return { do: "finish", state: "failed", failure }
}

/** A person is waited for without a limit. */
function stepOfLeave(commit: string, leave: Leave): RunStep | Rest {
  if (leave === "given") return { do: "promote", commit }
  if (leave === "asked") return rest(null)
  if (leave === "unasked") return { do: "ask-leave", commit }
  const failure = `It was built and tested, but may not take the app's place. ${leave.refused}`
  return { do: "finish", state: "failed", failure }
}

/** What nobody showed is not built, and then the run did what it was asked for only in part. */
function accountedEnd(run: RunRow, { accounts, messages }: SeenRun): RunStep {
  const clauses = settled(run.clauses, accounts, messages)
  const all = clauses.every(({ state }) => state === "built")
  return { do: "finish", state: all ? "succeeded" : "partly", failure: null, clauses }
}

function failureOf(tasks: readonly TaskRow[]): string | null {
  const failed = tasks.find(({ state }) => state === "failed")
  return failed ? `${failed.title}: ${(failed.evidence ?? "it failed").slice(0, 2000)}` : null
}

const idsOf = (tasks: readonly TaskRow[]) => tasks.map(({ id }) => id)
const wakesOf = (tasks: readonly TaskRow[]) =>
  tasks.map(({ id }) => ({ loop: "tasks", id }) as const)
