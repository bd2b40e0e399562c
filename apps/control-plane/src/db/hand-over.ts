import { organizationId as organizationIdSchema } from "@vibecaas/contract/kinds/tenants"
import type { Actor, Ctx } from "../core/ctx.ts"
import { flushCtx, makeCtx, type ScopeParts } from "./scope.ts"
import type { Tx } from "./tenant.ts"

/** One transaction of two organizations: first it sees the one that gives, and after `cross` the one that takes. */
export interface HandOver {
  giving: Ctx
  taking: Ctx
  /** from here on `giving` reads nothing any more; what it said is written all the same */
  cross(): Promise<void>
}

export interface HandingOver {
  from: string
  to: string
  actor: Actor
  signal: AbortSignal
}

/**
 * Runs `action` in one transaction of two organizations. What either says, to its audit, to the live stream and
 * to loops, is written at the end, each in its own.
 */
export function handOver<T>(
  parts: ScopeParts,
  who: HandingOver,
  action: (both: HandOver) => Promise<T>,
): Promise<T> {
  const from = organizationIdSchema.parse(who.from)
  const to = organizationIdSchema.parse(who.to)
  const { actor, signal } = who
  return parts.database.inOrganization(from, async (db) => {
    const giving = makeCtx(parts, { organizationId: from, actor, signal }, db)
    const taking = makeCtx(parts, { organizationId: to, actor, signal }, db)
    const answer = await action({ giving, taking, cross: () => enter(db, to) })
    await enter(db, to)
    await flushCtx(taking)
    await enter(db, from)
    await flushCtx(giving)
    return answer
  })
}

async function enter(db: Tx, organizationId: string): Promise<void> {
  const text = "select set_config('app.organization', $1, true)"
  await db.query({ name: "enter_organization", text }, [organizationId])
}
