import type { AgentRole, TaskState } from "@vibecaas/contract/kinds/agents"
import type { EndedCall } from "./work/journal.ts"

/** Hears of every call and every task that ended in this process. What hears never fails. */
export interface AgentMeters {
  /** a call of a model, a tool or a check that was written down */
  call(role: AgentRole, call: EndedCall): void
  task(role: AgentRole, state: TaskState): void
}
