import type { Clock } from "@vibecaas/kernel/clock"
import type { NewId } from "@vibecaas/kernel/id"
import type { Log } from "@vibecaas/kernel/log"
import { wakeInTransaction } from "@vibecaas/reconcile/wake"
import type { Scope } from "../core/ctx.ts"
import { plainSql } from "./plain-sql.ts"
import type { Database } from "./tenant.ts"

/** Opens what use cases work with: see `Ctx`. */
export function makeScope(parts: {
  database: Database
  clock: Clock
  newId: NewId
  log: Log
}): Scope {
  const { database, clock, newId, log } = parts
  return (who, action) => {
    const open = who.readOnly ? database.readOrganization : database.inOrganization
    return open(who.organizationId, (db) =>
      action({
        organizationId: who.organizationId,
        db,
        clock,
        newId,
        log: log.child({ organizationId: who.organizationId }),
        actor: who.actor,
        signal: who.signal ?? new AbortController().signal,
        wake: (loop, id) =>
          wakeInTransaction(plainSql(db), loop, { organizationId: who.organizationId, id }),
      }),
    )
  }
}
