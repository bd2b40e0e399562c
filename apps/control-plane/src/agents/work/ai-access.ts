import type { ProjectAi } from "@vibecaas/contract/kinds/ai"
import type { Ai } from "../../ai/index.ts"
import type { Parts } from "../../core/ctx.ts"
import type { RunRow } from "../run.ts"
import type { TaskRow } from "../task.ts"
import { asAgent } from "./as-agent.ts"

/** Whether the project's app may ask models, and turning that on once a person allowed it. */
export interface AiAccess {
  read(): Promise<ProjectAi>
  /** @throws Fault `wrong_state` while the project is being deleted */
  turnOn(of: { tokensMax: number; centsMax: number; approvedBy: string }): Promise<ProjectAi>
}

export function makeAiAccess(
  parts: Pick<Parts, "scope"> & { ai: Pick<Ai, "show" | "turnOn"> },
  { run, task }: { run: RunRow; task: TaskRow },
): AiAccess {
  const { scope, ai } = parts
  const { projectId } = run
  return {
    read: () => scope({ ...asAgent(run, task), readOnly: true }, (ctx) => ai.show(ctx, projectId)),
    turnOn: (of) => scope(asAgent(run, task), (ctx) => ai.turnOn(ctx, { ...of, projectId })),
  }
}
