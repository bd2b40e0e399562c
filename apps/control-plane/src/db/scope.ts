import type { Clock } from "@vibecaas/kernel/clock"
import type { NewId } from "@vibecaas/kernel/id"
import type { Log } from "@vibecaas/kernel/log"
import { wakeAllInTransaction } from "@vibecaas/reconcile/wake"
import { flush } from "../core/changes.ts"
import type { Ctx, Scope } from "../core/ctx.ts"
import { emptyOutbox } from "../core/outbox.ts"
import { plainSql } from "./plain-sql.ts"
import type { Database, Tx } from "./tenant.ts"

interface ScopeParts {
  database: Database
  clock: Clock
  newId: NewId
  log: Log
}

/** Opens what use cases work with: see `Ctx`. */
export function makeScope(parts: ScopeParts): Scope {
  const { database } = parts
  return (who, action) => {
    const { organizationId } = who
    const open = who.readOnly ? database.readOrganization : database.inOrganization
    return open(organizationId, async (db) => {
      const ctx = makeCtx(parts, who, db)
      const answer = await action(ctx)
      await flush(ctx, (wakes) =>
        wakeAllInTransaction(
          plainSql(db),
          wakes.map(({ loop, id }) => ({ loop, key: { organizationId, id } })),
        ),
      )
      return answer
    })
  }
}

function makeCtx({ clock, newId, log }: ScopeParts, who: Parameters<Scope>[0], db: Tx): Ctx {
  const { organizationId, actor } = who
  const outbox = emptyOutbox()
  return {
    ...{ organizationId, actor, db, clock, newId, outbox },
    log: log.child({ organizationId }),
    signal: who.signal ?? new AbortController().signal,
    wake: (loop, id) => outbox.wakes.set(`${loop}/${id}`, { loop, id }),
  }
}
