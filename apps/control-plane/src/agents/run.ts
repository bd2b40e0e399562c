import { type Run, type RunState, runAllows } from "@vibecaas/contract/kinds/agents"
import type { ModelInfo } from "@vibecaas/contract/model-info"
import { centsOf } from "@vibecaas/contract/money"
import { fault } from "@vibecaas/kernel/fault"
import type { Signal } from "../core/signals.ts"
import type { runs } from "../db/tables/agents.ts"
import { type AttachmentRow, showAttachment } from "./attachments/attachment.ts"
import { type InquiryRow, showInquiry } from "./inquiry.ts"
import { type MessageRow, showMessage } from "./message.ts"
import { costOfTasks, showTask, type TaskRow } from "./task.ts"
import { brief } from "./whole-words.ts"

/**
 * A run is one goal on one project: the planning agent's graph of tasks, worked through by agents.
 * A project has at most one unfinished run.
 */
export type RunRow = typeof runs.$inferSelect

/** What belongs to a run and is shown with it. */
export interface RunRows {
  tasks: readonly TaskRow[]
  inquiries: readonly InquiryRow[]
  messages: readonly MessageRow[]
  attachments: readonly AttachmentRow[]
}

export const unfinishedRunStates: readonly RunState[] = ["queued", "planning", "running"]

/** @throws Fault `wrong_state` */
export function mustAllow(run: Pick<RunRow, "state">, action: keyof typeof runAllows): void {
  const states: readonly RunState[] = runAllows[action]
  if (states.includes(run.state)) return
  throw fault("wrong_state", {
    say: `A run that is ${run.state} cannot be ${action === "cancel" ? "cancelled" : "tried again"}.`,
  })
}

/** Whether the planning agent said no: then its reason is all there is, and nothing broke. */
export function isDeclined({
  state,
  summary,
  failure,
}: Pick<RunRow, "state" | "summary" | "failure">): boolean {
  return state === "failed" && failure !== null && failure === summary
}

/** The sentence beside a project's state while, and after, a run worked on it. */
function runDetail(run: Pick<RunRow, "state" | "failure" | "clauses">, rows: RunRows) {
  const { tasks } = rows
  const held = heldBy(rows)
  switch (run.state) {
    case "queued":
      return "waiting to start"
    case "planning":
      return `planning${held}`
    case "running": {
      const built = tasks.filter(({ role }) => role !== "planning")
      const finished = built.filter(({ state }) => state === "succeeded").length
      return `${finished} of ${built.length} tasks${held}`
    }
    case "failed":
      return run.failure
    case "cancelled":
      return run.failure ?? "the run was cancelled"
    case "succeeded":
      return null
    case "partly": {
      const left = run.clauses.filter(({ state }) => state === "not_built").length
      return left === 1 ? "1 wish not built" : `${left} wishes not built`
    }
  }
}

function heldBy({ tasks, inquiries }: RunRows): string {
  if (inquiries.some(({ state }) => state === "open")) return ", waiting for an answer"
  const waits = tasks.some(({ providerWait }) => providerWait !== null)
  return waits ? ", waiting for the model’s provider" : ""
}

/** What a project is told of the run that works, or last worked, on it. */
export function signalOf(run: RunRow, rows: RunRows): Signal {
  if (run.comparisonId !== null) return signalOfCandidate(run, rows)
  const said = { child: "runs", about: run.goal, isNews: true }
  // A run that was declined left everything as it was.
  if (isDeclined(run)) return { ...said, phase: "none", detail: "the last request was declined" }
  const unfinished = unfinishedRunStates.includes(run.state)
  const detail = runDetail(run, rows)
  if (!unfinished) return { ...said, phase: run.state === "failed" ? "failed" : "none", detail }
  const asks = rows.inquiries.some(({ state }) => state === "open")
  return { ...said, phase: asks ? "asking" : "working", detail }
}

/** Its comparison speaks for all of them; a candidate adds only what it does right now. */
function signalOfCandidate(run: RunRow, rows: RunRows): Signal {
  const child = `runs/${run.id}`
  const atWork = unfinishedRunStates.includes(run.state) && (run.provedAt === null || run.chosen)
  if (!atWork) return { child, phase: "none", detail: null }
  const asks = rows.inquiries.some(({ state }) => state === "open")
  return { child, phase: asks ? "asking" : "working", detail: runDetail(run, rows) }
}

/** How a row, with what belongs to it, is shown by the API. */
export function showRun(row: RunRow, { tasks, inquiries, messages, attachments }: RunRows): Run {
  return {
    id: row.id,
    organizationId: row.organizationId,
    projectId: row.projectId,
    number: row.number,
    goal: row.goal,
    state: row.state,
    declined: isDeclined(row),
    tasks: tasks.map(showTask),
    inquiries: inquiries.map(showInquiry),
    messages: messages.map(showMessage),
    attachments: attachments.map(showAttachment),
    comparisonId: row.comparisonId,
    provedAt: row.provedAt?.toISOString() ?? null,
    starter: row.starter,
    continues: row.continues,
    redirectedTo: row.redirect?.after ? null : (row.redirect?.goal ?? null),
    followedBy: row.redirect?.after ? row.redirect.goal : null,
    model: modelOf(row),
    summary: row.summary,
    clauses: row.clauses,
    filler: row.filler,
    failure: row.failure,
    startedBy: row.startedByName,
    inputTokens: row.inputTokens,
    cachedInputTokens: row.cachedInputTokens,
    outputTokens: row.outputTokens,
    cost: costOfTasks(tasks),
    tokensMax: row.tokensMax,
    centsMax: row.costMax === null ? null : centsOf(row.costMax),
    workedMs: row.workedMs,
    workedMsMax: row.workedMsMax,
    commit: row.commit,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

function modelOf(row: RunRow): ModelInfo {
  return {
    provider: row.modelProvider,
    model: row.modelId,
    simulated: row.modelSimulated,
    label: row.modelLabel,
  }
}

/** A run in words: its number and how its goal begins, on one line. */
export function runInWords({ number, goal }: Pick<RunRow, "number" | "goal">): string {
  return `Run ${number}: ${brief(goal.replaceAll(/\s+/g, " "), 100)}`
}
