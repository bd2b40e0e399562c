import type { AgentRole, Task, TaskCheck, TaskState } from "@vibecaas/contract/kinds/agents"

/**
 * A task is one piece of a run that one agent does: a role, instructions, the tasks it builds on,
 * and a check that proves it done. It is *ready* iff it waits and everything it depends on
 * succeeded.
 */
export interface TaskRow {
  id: string
  organizationId: string
  runId: string
  position: number
  role: AgentRole
  title: string
  instructions: string
  dependsOn: string[]
  check: TaskCheck | null
  state: TaskState
  evidence: string | null
  tries: number
  /** tries of earlier attempts at the run, which count no more */
  triesBefore: number
  commitBefore: string | null
  commitAfter: string | null
  filesChanged: number
  reservedTokens: number
  fence: number
  startedAt: Date | null
  finishedAt: Date | null
}

type Node = Pick<TaskRow, "id" | "state" | "dependsOn">

/** A worker has it, or had it when its process died. */
export const activeTaskStates: readonly TaskState[] = ["running", "checking", "fixing"]
export const endedTaskStates: readonly TaskState[] = ["succeeded", "failed", "skipped", "cancelled"]

/** The tasks that can start now. */
export function readyTasks<T extends Node>(tasks: readonly T[]): T[] {
  const state = statesOf(tasks)
  return tasks.filter(
    (task) =>
      task.state === "waiting" && task.dependsOn.every((id) => state.get(id) === "succeeded"),
  )
}

/** The tasks that can never start, because something they build on did not succeed. */
export function unreachableTasks<T extends Node>(tasks: readonly T[]): T[] {
  const state = statesOf(tasks)
  const lost = new Set<string>()
  const isLost = (id: string) =>
    lost.has(id) || ["failed", "skipped", "cancelled"].includes(state.get(id) ?? "failed")
  // A graph without cycles is settled after as many rounds as it has tasks; usually one is enough.
  for (let grown = true; grown; ) {
    grown = false
    for (const task of tasks) {
      if (task.state !== "waiting" || lost.has(task.id) || !task.dependsOn.some(isLost)) continue
      lost.add(task.id)
      grown = true
    }
  }
  return tasks.filter(({ id }) => lost.has(id))
}

/** What the tasks say about their run; `undefined` while some can still change. */
export function runOutcome(tasks: readonly Node[]): "succeeded" | "failed" | undefined {
  if (!tasks.every(({ state }) => endedTaskStates.includes(state))) return undefined
  return tasks.every(({ state }) => state === "succeeded") ? "succeeded" : "failed"
}

const statesOf = (tasks: readonly Node[]) => new Map(tasks.map(({ id, state }) => [id, state]))

/** How a row is shown by the API. */
export function showTask(row: TaskRow): Task {
  return {
    // Ids come from our own columns, filled only by `newId`.
    id: row.id as Task["id"],
    dependsOn: row.dependsOn as Task["dependsOn"],
    role: row.role,
    title: row.title,
    state: row.state,
    check: row.check,
    evidence: row.evidence,
    tries: row.tries - row.triesBefore,
    filesChanged: row.filesChanged,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
