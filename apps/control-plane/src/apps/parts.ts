import type { Ctx, Parts } from "../core/ctx.ts"
import { platformActor } from "../core/resource.ts"
import type { Database } from "../db/tenant.ts"
import type { LiveMachines } from "../machines/index.ts"
import type { Repositories } from "../projects/index.ts"

export interface AppsParts extends Parts {
  /** for what is asked beyond one organization: due apps, names of hosts */
  database: Database
  live: LiveMachines
  repositories: Repositories
  /** address of a project's preview */
  previewUrl: (slug: string) => string
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
