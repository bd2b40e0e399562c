import { organizationId as organizationIdSchema } from "@vibecaas/contract/kinds/tenants"
import type { Clock } from "@vibecaas/kernel/clock"
import type { NewId } from "@vibecaas/kernel/id"
import type { Log } from "@vibecaas/kernel/log"
import { wakeInTransaction } from "@vibecaas/reconcile/wake"
import { flush } from "../core/changes.ts"
import type { Ctx, Scope } from "../core/ctx.ts"
import { emptyOutbox } from "../core/outbox.ts"
import { plainSql } from "./plain-sql.ts"
import type { Database, Tx } from "./tenant.ts"

export interface ScopeParts {
  database: Database
  clock: Clock
  newId: NewId
  log: Log
}

type Who = Omit<Parameters<Scope>[0], "organizationId"> & Pick<Ctx, "organizationId">

/** Opens what use cases work with: see `Ctx`. */
export function makeScope(parts: ScopeParts): Scope {
  const { database } = parts
  return (who, action) => {
    const organizationId = organizationIdSchema.parse(who.organizationId)
    const open = who.readOnly ? database.readOrganization : database.inOrganization
    return open(organizationId, async (db) => {
      const ctx = makeCtx(parts, { ...who, organizationId }, db)
      const answer = await action(ctx)
      await flushCtx(ctx)
      return answer
    })
  }
}

/** Writes what a context has said, in its transaction. */
export function flushCtx(ctx: Ctx): Promise<void> {
  const { db, organizationId } = ctx
  return flush(ctx, (wakes) =>
    wakeInTransaction(
      plainSql(db),
      wakes.map(({ loop, id }) => ({ loop, key: { organizationId, id } })),
    ),
  )
}

export function makeCtx({ clock, newId, log }: ScopeParts, who: Who, db: Tx): Ctx {
  const { organizationId, actor } = who
  const outbox = emptyOutbox()
  return {
    ...{ organizationId, actor, db, clock, newId, outbox },
    log: log.child({ organizationId }),
    signal: who.signal ?? new AbortController().signal,
    wake: (loop, id) => outbox.wakes.set(`${loop}/${id}`, { loop, id }),
  }
}
