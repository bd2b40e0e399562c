import fc from "fast-check"
import { expect, test } from "vitest"
import { type PlannedTask, plan, planProblems, tasksOfPlan } from "./plan.ts"
import { checkWaitsFor, readyTasks } from "./task.ts"

const task = (key: string, dependsOn: string[] = []): PlannedTask => ({
  ...{ key, dependsOn, role: "backend", title: key, instructions: key },
  check: { kind: "files", paths: ["a"] },
})

const clauses = [{ words: "all" }]

test("a plan whose tasks wait for each other names them", () => {
  const tasks = [task("a"), task("b", ["a", "d"]), task("c", ["b"]), task("d", ["c"])]
  expect(planProblems({ tasks })).toEqual(["these tasks wait for each other: b, c, d"])
  expect(planProblems({ tasks: [task("a", ["a"])] })).toEqual([
    "these tasks wait for each other: a",
  ])
})

test("a plan with a doubled key or an unknown dependency says which", () => {
  expect(planProblems({ tasks: [task("a"), task("a")] })).toEqual([
    "the key a is used more than once",
  ])
  expect(planProblems({ tasks: [task("a", ["b"])] })).toEqual(["a depends on b, which is no task"])
})

test("the planning role, an empty plan and more than 20 tasks are refused by the schema", () => {
  const many = Array.from({ length: 21 }, (_, index) => task(`t${index}`))
  for (const tasks of [[], many, [{ ...task("a"), role: "planning" }]]) {
    expect(plan.safeParse({ summary: "x", clauses, tasks }).success).toBe(false)
  }
})

test("every plan without problems becomes rows that can all be worked through", () => {
  const links = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(links, (all) => {
      const tasks = all.map((to, index) =>
        task(
          `k${index}`,
          to.map((each) => `k${each}`),
        ),
      )
      if (planProblems({ tasks }).length > 0) return
      let made = 0
      const rows = tasksOfPlan(
        { summary: "x", clauses, tasks },
        { planningTaskId: "tsk_plan", newId: () => `tsk_${made++}` },
      )
      const states = new Map<string, "succeeded" | "waiting">([["tsk_plan", "succeeded"]])
      for (let round = 0; round <= rows.length; round++) {
        const nodes = [
          { id: "tsk_plan" as const, state: "succeeded" as const, dependsOn: [] },
          ...rows.map((row) => ({ ...row, state: states.get(row.id) ?? ("waiting" as const) })),
        ]
        for (const { id } of readyTasks(nodes)) states.set(id, "succeeded")
      }
      expect(states.size).toBe(rows.length + 1)
    }),
  )
})

test("of tasks whose checks look at everything, some check can always run", () => {
  const state = fc.constantFrom("running", "checking", "fixing", "succeeded", "waiting")
  const nodes = fc.array(fc.record({ state, on: fc.array(fc.nat(9)) }), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(nodes, (all) => {
      const tasks = all.map(({ state, on }, index) => ({
        ...{ id: `tsk_${index}` as const, state: state as "running" | "checking" },
        dependsOn: on.filter((each) => each < index).map((each) => `tsk_${each}` as const),
        check: { kind: "page" as const, path: "/" },
      }))
      const parked = tasks.filter((each) => each.state === "checking")
      const movable = tasks.some((each) => ["running", "fixing"].includes(each.state))
      if (parked.length === 0 || movable || readyTasks(tasks).length > 0) return
      expect(parked.every((each) => checkWaitsFor(each, tasks).length === 0)).toBe(true)
    }),
  )
})
