import type { Task, TaskState } from "@vibecaas/contract/kinds/agents"
import type { ModelCost } from "@vibecaas/contract/model-cost"
import { centsOf } from "@vibecaas/contract/money"
import type { runTasks } from "../db/tables/agents.ts"
import { passedIn } from "./work/test-runners.ts"

/**
 * A task is one piece of a run that one agent does: a role, instructions, the tasks it builds on,
 * and a check that proves it done. It is *ready* iff it waits and everything it depends on
 * succeeded.
 */
export type TaskRow = typeof runTasks.$inferSelect

type Node = Pick<TaskRow, "id" | "state" | "dependsOn">

/** A worker has it, or had it when its process died. */
export const activeTaskStates: readonly TaskState[] = ["running", "checking", "fixing"]
/** Nobody works on it: it waits for other tasks, or for a person. */
export const idleTaskStates: readonly TaskState[] = ["waiting", "asking"]
export const endedTaskStates: readonly TaskState[] = ["succeeded", "failed", "skipped", "cancelled"]

/** What a task's row says while no call of a model is under way. */
export const noCall = { reservedTokens: 0, reservedCost: 0, providerWait: null }

/** The number of a task's newest try, once it has begun one since it was reset. */
export const triesOf = ({ tries, triesBefore }: Pick<TaskRow, "tries" | "triesBefore">): number =>
  Math.max(tries, triesBefore + 1)

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
  const lost = new Set<TaskRow["id"]>()
  const isLost = (id: TaskRow["id"]) =>
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

/** The tasks that a task builds on, near and far, in the order they were given. */
export function tasksBefore<T extends Node>(
  { dependsOn }: Pick<Node, "dependsOn">,
  tasks: readonly T[],
): T[] {
  const wanted = new Set(dependsOn)
  // A set grows while it is walked, and each task is added once.
  for (const id of wanted) {
    for (const on of tasks.find((each) => each.id === id)?.dependsOn ?? []) wanted.add(on)
  }
  return tasks.filter(({ id }) => wanted.has(id))
}

/**
 * The tasks that a task's check waits for: those beside it in the graph that are at work, ask
 * somebody or can start, when the check looks at more than its own files. A task that waits for its own check is
 * waited for by none, and neither is what depends on one, so no two wait for each other.
 */
export function checkWaitsFor<T extends Node & Pick<TaskRow, "check">>(
  task: T,
  tasks: readonly T[],
): T[] {
  if (!task.check || task.check.kind === "files") return []
  const ready = new Set(readyTasks(tasks).map(({ id }) => id))
  return tasks.filter(
    (each) => each.id !== task.id && (unproved.includes(each.state) || ready.has(each.id)),
  )
}

/** It has yet to do what its check, and others, look at. */
const unproved: readonly TaskState[] = ["running", "asking", "fixing"]

/** What the tasks say about their run; `undefined` while some can still change. */
export function runOutcome(tasks: readonly Node[]): "succeeded" | "failed" | undefined {
  if (!tasks.every(({ state }) => endedTaskStates.includes(state))) return undefined
  return tasks.every(({ state }) => state === "succeeded") ? "succeeded" : "failed"
}

const statesOf = (tasks: readonly Node[]) => new Map(tasks.map(({ id, state }) => [id, state]))

/** What the answers of these tasks' models cost. */
export function costOfTasks(tasks: readonly Pick<TaskRow, "cost" | "unpriced">[]): ModelCost {
  const sum = { cost: 0, unpriced: 0 }
  for (const { cost, unpriced } of tasks) {
    sum.cost += cost
    sum.unpriced += unpriced
  }
  return { cents: centsOf(sum.cost), unpriced: sum.unpriced }
}

/** How a row is shown by the API. */
export function showTask(row: TaskRow): Task {
  return {
    id: row.id,
    dependsOn: row.dependsOn,
    role: row.role,
    title: row.title,
    state: row.state,
    check: row.check,
    evidence: row.evidence,
    testsPassed: row.state === "succeeded" ? testsIn(row.evidence) : null,
    tries: row.tries - row.triesBefore,
    filesChanged: row.filesChanged,
    providerWait: row.providerWait,
    cost: costOfTasks([row]),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

/** How many tests passed, as the evidence of a check says; runners count on either channel. */
const testsIn = (evidence: string | null): number | null =>
  passedIn({ stdout: evidence ?? "", stderr: evidence ?? "" }) ?? null
