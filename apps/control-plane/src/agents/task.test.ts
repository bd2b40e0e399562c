import { type TaskState, taskStates } from "@vibecaas/contract/kinds/agents"
import fc from "fast-check"
import { expect, test } from "vitest"
import { endedTaskStates, readyTasks, runOutcome, type TaskRow, unreachableTasks } from "./task.ts"

interface Node {
  id: TaskRow["id"]
  state: TaskState
  dependsOn: TaskRow["id"][]
}

/** Graphs without circles: a task depends only on earlier ones. */
const graph = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 20 })
  .map((links) =>
    links.map((before, index): Node => {
      const earlier = index === 0 ? [] : before.map((each) => `tsk_${each % index}` as const)
      return { id: `tsk_${index}`, state: "waiting", dependsOn: [...new Set(earlier)] }
    }),
  )

const set = (tasks: Node[], id: string, state: TaskState) =>
  tasks.map((task) => (task.id === id ? { ...task, state } : task))

/** Works through a graph as the loops do; `outcomes` says how each task ends, in the order they do. */
function workThrough(tasks: Node[], outcomes: boolean[]) {
  const started: string[] = []
  let now = tasks
  for (let turn = 0; runOutcome(now) === undefined; turn++) {
    for (const { id } of unreachableTasks(now)) now = set(now, id, "skipped")
    const ready = readyTasks(now)
    for (const { id } of ready) {
      started.push(id)
      now = set(now, id, outcomes[started.length % outcomes.length] ? "succeeded" : "failed")
    }
    if (turn > tasks.length + 1) throw new Error("the graph does not come to its end")
  }
  return { now, started }
}

test("every graph comes to its end, whatever fails, and no task starts twice", () => {
  fc.assert(
    fc.property(graph, fc.array(fc.boolean(), { minLength: 1 }), (tasks, outcomes) => {
      const { now, started } = workThrough(tasks, outcomes)
      expect(new Set(started).size).toBe(started.length)
      expect(now.every(({ state }) => endedTaskStates.includes(state))).toBe(true)
      const all = now.every(({ state }) => state === "succeeded")
      expect(runOutcome(now)).toBe(all ? "succeeded" : "failed")
    }),
  )
})

test("a task starts only after everything it depends on succeeded", () => {
  fc.assert(
    fc.property(graph, fc.array(fc.boolean(), { minLength: 1 }), (tasks, outcomes) => {
      const { now, started } = workThrough(tasks, outcomes)
      const state = new Map(now.map((task) => [task.id, task.state]))
      for (const { id, dependsOn } of now) {
        const could = dependsOn.every((on) => state.get(on) === "succeeded")
        expect(started.includes(id)).toBe(could)
      }
    }),
  )
})

test("when nothing fails, all tasks succeed, and those without a link start together", () => {
  fc.assert(
    fc.property(graph, (tasks) => {
      const { now, started } = workThrough(tasks, [true])
      expect(started).toHaveLength(tasks.length)
      expect(runOutcome(now)).toBe("succeeded")
      const free = tasks.filter(({ dependsOn }) => dependsOn.length === 0).map(({ id }) => id)
      expect(readyTasks(tasks).map(({ id }) => id)).toEqual(free)
    }),
  )
})

test("only waiting tasks are ready or unreachable", () => {
  const anyState = fc.constantFrom(...taskStates)
  fc.assert(
    fc.property(graph, fc.array(anyState, { minLength: 20, maxLength: 20 }), (tasks, states) => {
      const mixed = tasks.map((task, index) => ({ ...task, state: states[index] ?? task.state }))
      const chosen = [...readyTasks(mixed), ...unreachableTasks(mixed)]
      expect(chosen.every(({ state }) => state === "waiting")).toBe(true)
      expect(new Set(chosen).size).toBe(chosen.length)
    }),
  )
})
