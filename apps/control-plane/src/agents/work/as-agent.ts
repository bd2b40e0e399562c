import type { Actor } from "../../core/ctx.ts"
import type { RunRow } from "../run.ts"
import type { TaskRow } from "../task.ts"

/** Who does what a task writes: its agent, on behalf of whoever started the run. */
export function asAgent(run: RunRow, task: Pick<TaskRow, "role">) {
  const actor: Actor = {
    kind: "agent",
    id: run.id,
    name: `${task.role} agent`,
    onBehalfOf: run.startedById,
  }
  return { organizationId: run.organizationId, actor }
}
