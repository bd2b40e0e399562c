import { type Rest, rest } from "../core/resource-loop.ts"
import type { RunRow } from "./run.ts"
import { activeTaskStates, checkWaitsFor, readyTasks, type TaskRow } from "./task.ts"

export type TaskStep =
  /** an agent works on it from where its journal ends; `resumed` when an earlier turn began it */
  { do: "work"; resumed: boolean }

/** Work on a task goes on wherever it was interrupted; it begins when all it builds on is there. */
export function nextTaskStep(
  task: TaskRow,
  { run, tasks }: { run: Pick<RunRow, "wanted">; tasks: readonly TaskRow[] },
): TaskStep | Rest {
  if (task.state === "checking" && checkWaitsFor(task, tasks).length > 0) return rest(null)
  if (activeTaskStates.includes(task.state)) return { do: "work", resumed: true }
  const ready = run.wanted !== "cancelled" && readyTasks(tasks).some(({ id }) => id === task.id)
  return ready ? { do: "work", resumed: false } : rest(null)
}
