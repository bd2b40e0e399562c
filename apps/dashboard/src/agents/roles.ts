import type { Clause } from "@vibecaas/contract/goal"
import type { AgentRole, Run, RunState, Task, TaskState } from "@vibecaas/contract/kinds/agents"
import {
  Database,
  FlaskConical,
  GitMerge,
  ListTree,
  type LucideIcon,
  PanelsTopLeft,
  Sparkles,
} from "lucide-react"
import type { StateLook } from "../ui/state.tsx"

/** Name and icon of each agent. */
export const roleLooks: Record<AgentRole, { name: string; icon: LucideIcon }> = {
  planning: { name: "Planning", icon: ListTree },
  frontend: { name: "Frontend", icon: PanelsTopLeft },
  backend: { name: "Backend", icon: Database },
  ai_feature: { name: "AI feature", icon: Sparkles },
  testing: { name: "Testing", icon: FlaskConical },
  integration: { name: "Integration", icon: GitMerge },
}

type ClauseState = Clause["state"]

/** Word and glyph of each state; a new state does not compile without one. */
export const runLooks: Record<RunState, StateLook> = {
  queued: { glyph: "wait", word: "Queued" },
  planning: { glyph: "busy", word: "Planning" },
  running: { glyph: "busy", word: "Running" },
  succeeded: { glyph: "done", word: "Succeeded" },
  partly: { glyph: "warn", word: "Succeeded in part" },
  failed: { glyph: "bad", word: "Failed" },
  cancelled: { glyph: "gone", word: "Cancelled" },
}

export const clauseLooks: Record<ClauseState, StateLook> = {
  planned: { glyph: "wait", word: "Planned" },
  built: { glyph: "done", word: "Built" },
  not_built: { glyph: "warn", word: "Not built" },
}

export const taskLooks: Record<TaskState, StateLook> = {
  waiting: { glyph: "wait", word: "Waiting" },
  running: { glyph: "busy", word: "Running" },
  asking: { glyph: "warn", word: "Asking" },
  checking: { glyph: "busy", word: "Checking" },
  fixing: { glyph: "busy", word: "Fixing" },
  succeeded: { glyph: "done", word: "Succeeded" },
  failed: { glyph: "bad", word: "Failed" },
  skipped: { glyph: "off", word: "Skipped" },
  cancelled: { glyph: "gone", word: "Cancelled" },
}

const declinedLook: StateLook = { glyph: "warn", word: "Declined" }

const askingLook: StateLook = { glyph: "warn", word: "Has a question" }

const provedLook: StateLook = { glyph: "done", word: "Proved" }

/**
 * A run that the planning agent declined is shown as that, not as one that broke; one that waits for
 * an answer says so, and so does a candidate that waits for a choice.
 */
export function runLook(
  run: Pick<Run, "state" | "declined" | "inquiries" | "provedAt">,
): StateLook {
  if (run.provedAt !== null && isActive(run.state)) return provedLook
  if (run.inquiries.some(({ state }) => state === "open")) return askingLook
  return run.declined ? declinedLook : runLooks[run.state]
}

/** A declined run has one task; that it came to its end is not what people look for. */
export function taskLook(task: Pick<Task, "state">, run: Pick<Run, "declined">): StateLook {
  return run.declined ? declinedLook : taskLooks[task.state]
}

/** Whether a run goes on by itself; roles.test.ts holds it to the contract's table. */
export function isActive(state: RunState): boolean {
  return state === "queued" || state === "planning" || state === "running"
}

export const waySteps = ["Plan it", "Build it", "Prove that it works"]
const builders: readonly AgentRole[] = ["frontend", "backend", "ai_feature"]

/** Which of these a run is at: what builds is proved by the tasks of the others. */
export function stepOnWay({ state, tasks }: Pick<Run, "state" | "tasks">): number {
  if (state === "queued" || state === "planning") return 0
  const building = tasks.some((task) => builders.includes(task.role) && task.state !== "succeeded")
  return building ? 1 : 2
}

/** Whether trying again makes sense: what was declined once is declined again, and a candidate's turn is over. */
export function mayRetry({
  state,
  declined,
  comparisonId,
}: Pick<Run, "state" | "declined" | "comparisonId">): boolean {
  return !declined && comparisonId === null && (state === "failed" || state === "cancelled")
}
