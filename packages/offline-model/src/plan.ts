/** What the tool `plan_tasks` takes, as its description says. */
import type { Account } from "./account/divide.ts"
import type { AgentRole } from "./prompt.ts"

export type TaskCheck =
  | { kind: "command"; argv: string[] }
  | { kind: "page"; path: string; contains: string }
  | { kind: "files"; paths: string[] }

export interface PlannedTask {
  /** a short name that other tasks depend on */
  key: string
  role: Exclude<AgentRole, "planning">
  title: string
  instructions: string
  dependsOn: string[]
  check: TaskCheck
}

export interface Plan extends Account {
  /** what a new app is called */
  name?: string
  summary: string
  tasks: PlannedTask[]
}
