import type { Parts } from "../../core/ctx.ts"
import type { Network } from "../../network/index.ts"
import type { RunRow } from "../run.ts"
import type { TaskRow } from "../task.ts"
import { asAgent } from "./as-agent.ts"

/** Domains that the project's machines may reach, and allowing one once a person did. */
export interface NetworkAccess {
  isAllowed(to: { host: string; port: number }): Promise<boolean>
  /** @throws Fault `invalid`, `name_taken`, `quota_exceeded`, `wrong_state` */
  allow(wanted: Omit<Parameters<Network["allow"]>[1], "projectId">): Promise<void>
}

export function makeNetworkAccess(
  parts: Pick<Parts, "scope"> & { network: Pick<Network, "isAllowed" | "allow"> },
  { run, task }: { run: RunRow; task: TaskRow },
): NetworkAccess {
  const { scope, network } = parts
  const { projectId } = run
  return {
    isAllowed: (to) =>
      scope({ ...asAgent(run, task), readOnly: true }, (ctx) =>
        network.isAllowed(ctx, projectId, to),
      ),
    allow: (wanted) =>
      scope(asAgent(run, task), async (ctx) => {
        await network.allow(ctx, { ...wanted, projectId })
      }),
  }
}
