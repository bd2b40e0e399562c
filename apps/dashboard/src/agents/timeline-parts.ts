import type { Run, Task } from "@vibecaas/contract/kinds/agents"
import type { RunMessage } from "@vibecaas/contract/run-message"
import type { Step } from "@vibecaas/contract/run-step"
import { isActive } from "./roles.ts"
import { passes } from "./step-view.ts"

/** A task that has ended, in one line: its steps are there on demand. */
export interface TaskFold {
  task: Task
  steps: readonly Step[]
  startedAt: string
}

export type TimelinePart = Step | RunMessage | TaskFold

export const isMessage = (part: TimelinePart): part is RunMessage => "sentAt" in part
export const isFold = (part: TimelinePart): part is TaskFold => "steps" in part

/** What happened, in order: tasks that have ended are folded, those at work show each step. */
export function foldedParts(
  run: Pick<Run, "state" | "tasks">,
  steps: readonly Step[],
  messages: readonly RunMessage[],
): TimelinePart[] {
  const over = !isActive(run.state)
  const ended = new Map(
    run.tasks
      .filter(({ finishedAt }) => over || finishedAt !== null)
      .map((task) => [task.id, task]),
  )
  const byTask = Map.groupBy(steps, ({ taskId }) => taskId)
  const folds = [...byTask].flatMap(([taskId, steps]): TaskFold[] => {
    const task = ended.get(taskId)
    const startedAt = steps[0]?.startedAt
    return task && startedAt !== undefined ? [{ task, steps, startedAt }] : []
  })
  return withMessages([...folds, ...steps.filter(({ taskId }) => !ended.has(taskId))], messages)
}

/** Messages stand before the first part that began after them. */
export function withMessages(
  parts: readonly (Step | TaskFold)[],
  messages: readonly RunMessage[],
): TimelinePart[] {
  const all: TimelinePart[] = [...parts]
  for (const message of messages) {
    const later = all.findIndex((part) => !isMessage(part) && part.startedAt > message.sentAt)
    all.splice(later === -1 ? all.length : later, 0, message)
  }
  return all
}

/** The steps that a fold shows all the same: what failed, and what tests said. */
export const notable = (steps: readonly Step[]): Step[] =>
  steps.filter((step) => !step.ok || passes(step, "tests"))
