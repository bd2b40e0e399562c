/** What the tool `plan_tasks` takes, as its description says. */
import type { AgentRole } from "./prompt.ts"

type TaskCheck =
  | { kind: "command"; argv: string[] }
  | { kind: "page"; path: string; contains: string }

export interface PlannedTask {
  /** a short name that other tasks depend on */
  key: string
  role: Exclude<AgentRole, "planning">
  title: string
  instructions: string
  dependsOn: string[]
  check: TaskCheck
}

export interface Plan {
  /** what a new app is called */
  name?: string
  summary: string
  tasks: PlannedTask[]
  clauses: { words: string; notBuilt?: string }[]
  filler: string[]
}
