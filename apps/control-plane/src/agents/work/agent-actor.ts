import type { Actor } from "../../core/ctx.ts"
import type { RunRow } from "../run.ts"
import type { TaskRow } from "../task.ts"

/** Who did it: an agent, on behalf of whoever started the run. */
export function agentActor(run: RunRow, task: Pick<TaskRow, "role">): Actor {
  return { kind: "agent", id: run.id, name: `${task.role} agent`, onBehalfOf: run.startedById }
}
