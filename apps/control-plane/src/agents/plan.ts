import type { IdOf } from "@vibecaas/contract/kinds"
import { agentRoles, type TaskCheck, taskCheck } from "@vibecaas/contract/kinds/agents"
import { projectName } from "@vibecaas/contract/kinds/projects"
import { invariant } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { TaskRow } from "./task.ts"

export const planTasksMax = 20

const buildingRoles = agentRoles.filter((role) => role !== "planning")

const plannedTask = z.object({
  key: z.string().min(1).max(40).describe("a short name that other tasks can depend on"),
  role: z.enum(buildingRoles as [(typeof buildingRoles)[number], ...typeof buildingRoles]),
  title: z.string().min(1).max(120),
  instructions: z.string().min(1).max(8000),
  dependsOn: z.array(z.string().max(40)).max(planTasksMax),
  check: taskCheck.describe("what has to hold before the task counts as done"),
})

/** What the planning agent hands over. */
export const plan = z.object({
  name: projectName
    .optional()
    .describe("what to call a new app, in two or three words; leave it out for a change"),
  summary: z.string().min(1).max(500).describe("the plan in one sentence"),
  contract: z
    .string()
    .max(8000)
    .optional()
    .describe("what the tasks agree on: routes, shapes, ids of elements; every agent is given it"),
  tasks: z.array(plannedTask).min(1).max(planTasksMax),
  notes: z.array(z.string().max(500)).max(30).describe("what was asked and will not be part of it"),
})
export type Plan = z.infer<typeof plan>
export type PlannedTask = Plan["tasks"][number]

/** What is wrong with a plan whose shape is right; empty when it can be worked through. */
export function planProblems({ tasks }: Pick<Plan, "tasks">): string[] {
  const keys = tasks.map(({ key }) => key)
  const doubled = keys.filter((key, index) => keys.indexOf(key) !== index)
  const unknown = tasks.flatMap(({ key, dependsOn }) =>
    dependsOn
      .filter((on) => !keys.includes(on))
      .map((on) => `${key} depends on ${on}, which is no task`),
  )
  const problems = [...new Set(doubled)].map((key) => `the key ${key} is used more than once`)
  problems.push(...unknown)
  if (problems.length === 0) {
    const circle = tasksInCircles(tasks)
    if (circle.length > 0) problems.push(`these tasks wait for each other: ${circle.join(", ")}`)
  }
  return problems
}

/** Keys that can never start: takes away what depends on nothing left until nothing changes. */
function tasksInCircles(tasks: readonly PlannedTask[]): string[] {
  let left = tasks
  for (;;) {
    const keys = new Set(left.map(({ key }) => key))
    const next = left.filter(({ dependsOn }) => dependsOn.some((on) => keys.has(on)))
    if (next.length === left.length) return left.map(({ key }) => key)
    left = next
  }
}

export type NewTask = Pick<
  TaskRow,
  "id" | "position" | "role" | "title" | "instructions" | "dependsOn"
> & { check: TaskCheck | null }

/** The rows of a plan; every task also builds on the planning task. */
export function tasksOfPlan(
  { tasks }: Plan,
  from: { planningTaskId: IdOf<"task">; newId: () => IdOf<"task"> },
): NewTask[] {
  const ids = new Map(tasks.map(({ key }) => [key, from.newId()]))
  const idOf = (key: string) => {
    const id = ids.get(key)
    invariant(id, `a plan without problems names only its own tasks: ${key}`)
    return id
  }
  return tasks.map(({ key, role, title, instructions, dependsOn, check }, index) => ({
    id: idOf(key),
    position: index + 1,
    ...{ role, title, instructions, check },
    dependsOn: dependsOn.length > 0 ? [...new Set(dependsOn)].map(idOf) : [from.planningTaskId],
  }))
}
