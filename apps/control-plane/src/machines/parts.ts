import type { Fleet } from "@vibecaas/microvm/fleet"
import type { Ctx, Parts } from "../core/ctx.ts"
import { platformActor } from "../core/resource.ts"
import type { Database } from "../db/tenant.ts"
import type { LiveMachines } from "./live-machines.ts"

export interface MachinesParts extends Parts {
  /** for what is asked beyond one organization: due machines, where they are */
  database: Database
  fleet: Fleet
}

/** What a turn of the loop works with. */
export interface LoopParts extends MachinesParts {
  live: LiveMachines
}

/** One short transaction of what this process noticed by itself. */
export function inScope<T>(
  parts: Pick<Parts, "scope">,
  of: { organizationId: string; signal?: AbortSignal },
  action: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const { organizationId, signal } = of
  return parts.scope(
    { organizationId, actor: platformActor, ...(signal ? { signal } : {}) },
    action,
  )
}
