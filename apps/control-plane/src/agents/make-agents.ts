import { minutes } from "@vibecaas/reconcile/next"
import type { Kind } from "../core/kind.ts"
import type { AgentsOptions, AgentsParts } from "./agents-parts.ts"
import { giveUpRun, reconcileRun } from "./reconcile-run.ts"
import { giveUpTask, reconcileTask } from "./reconcile-task.ts"
import { agentHandlers } from "./routes.ts"
import { makeQueues } from "./work/project-machine.ts"

export function makeAgents(options: AgentsOptions): Kind<"agents"> {
  const parts: AgentsParts = { ...options, queues: makeQueues() }
  const { due, budgets } = parts
  return {
    handlers: agentHandlers(parts),
    loops: [
      {
        name: "runs",
        description: "Turns plans into tasks, starts what is ready and ends runs",
        concurrency: 4,
        sweepEveryMs: 30_000,
        due: due.runs,
        reconcile: (turn) => reconcileRun(parts, turn.key),
        giveUp: (turn, verdict) => giveUpRun(parts, turn.key, verdict),
      },
      {
        name: "tasks",
        description: "Lets an agent work on one task until its check proves it",
        concurrency: parts.tasksAtOnce,
        sweepEveryMs: 30_000,
        // The budget ends a task in time; this only ends a turn that hangs outside of any call.
        limits: { triesMax: 6, turnMsMax: minutes(budgets.task.minutesMax + 30) },
        due: due.tasks,
        reconcile: (turn) => reconcileTask(parts, turn),
        giveUp: (turn, verdict) => giveUpTask(parts, turn, verdict),
      },
    ],
  }
}
