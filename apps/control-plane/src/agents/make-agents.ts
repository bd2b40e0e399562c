import type { Kind } from "../core/kind.ts"
import type { AgentsOptions, AgentsParts } from "./agents-parts.ts"
import { makeLooksAhead } from "./browser/eyes.ts"
import { comparisonLoop } from "./comparisons/reconcile-comparison.ts"
import { runLoop } from "./reconcile-run.ts"
import { taskLoop } from "./reconcile-task.ts"
import { agentHandlers } from "./routes.ts"
import { makeQueues } from "./work/project-machine.ts"

export function makeAgents(options: AgentsOptions): Kind<"agents"> {
  const parts: AgentsParts = { ...options, queues: makeQueues(), looksAhead: makeLooksAhead() }
  return {
    handlers: agentHandlers(parts),
    loops: [runLoop(parts), taskLoop(parts), comparisonLoop(parts)],
  }
}
