import type { Clause } from "@vibecaas/contract/goal"
import { goalCharsMax } from "@vibecaas/contract/goal-limits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { agentRoles } from "@vibecaas/contract/kinds/agents"
import { projectName } from "@vibecaas/contract/kinds/projects"
import { type TaskCheck, taskCheck } from "@vibecaas/contract/task-check"
import { invariant } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { occursIn, uncovered } from "./account.ts"
import type { TaskRow } from "./task.ts"
import { brief } from "./whole-words.ts"

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
  clauses: z
    .array(
      z.object({
        words: z.string().min(1).max(goalCharsMax).describe("letter by letter from the goal"),
        notBuilt: z
          .string()
          .min(1)
          .max(500)
          .optional()
          .describe("why the tasks will not build it; leave it out when they will"),
      }),
    )
    .min(1)
    .max(goalCharsMax / 2)
    .describe("each wish of the goal by itself"),
  filler: z
    .array(z.string().min(1).max(goalCharsMax))
    .max(goalCharsMax / 2)
    .optional()
    .describe("the other passages of the goal, which ask for nothing, letter by letter"),
})
export type Plan = z.infer<typeof plan>
export type PlannedTask = Plan["tasks"][number]

/** What a plan says of its goal's words, as the run keeps it. */
export function clausesOfPlan({ clauses }: Pick<Plan, "clauses">): Clause[] {
  return clauses.map(({ words, notBuilt }) =>
    notBuilt === undefined
      ? { words, state: "planned", why: null }
      : { words, state: "not_built", why: notBuilt },
  )
}

/** Where a plan does not speak of its goal, or drops some of it. */
export function accountProblems(
  { clauses, filler = [] }: Pick<Plan, "clauses" | "filler">,
  goal: string,
): string[] {
  const said = clauses.map(({ words }) => words)
  const strange = [...said, ...filler].filter((words) => !occursIn(goal, words))
  const dropped = uncovered(goal, { clauses: said, filler })
  return [
    ...strange.map((words) => `the goal does not say “${brief(words, 80)}”`),
    ...dropped.map((words) => `“${brief(words, 200)}” is in no clause, and is not named as filler`),
  ]
}

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
