import type { Fleet } from "@vibecaas/microvm/fleet"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Actor, Ctx, Parts } from "../core/ctx.ts"
import type { Database } from "../db/tenant.ts"
import type { Repositories } from "../projects/index.ts"
import type { LiveMachines } from "./live-machines.ts"

export interface MicrovmsParts extends Parts {
  /** for what is asked beyond one organization: due machines, names of hosts */
  database: Database
  fleet: Fleet
  repositories: Repositories
  /** address of a project's preview */
  previewUrl: (slug: string) => string
}

/** What a turn of the loop works with. */
export interface LoopParts extends MicrovmsParts {
  live: LiveMachines
}

export const loopActor: Actor = { kind: "system", id: null, name: "the platform" }

/** One short transaction of a turn, or of what this process noticed by itself. */
export function inScope<T>(
  parts: Parts,
  of: { organizationId: string; signal?: AbortSignal },
  action: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const { organizationId, signal } = of
  return parts.scope({ organizationId, actor: loopActor, ...(signal ? { signal } : {}) }, action)
}

export const inTurn = <T>(parts: Parts, turn: Turn, action: (ctx: Ctx) => Promise<T>) =>
  inScope(parts, { organizationId: turn.key.organizationId, signal: turn.signal }, action)
