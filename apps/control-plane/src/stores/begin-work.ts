import { type StoreWork, storeWorks } from "@vibecaas/contract/store-states"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { reserve } from "../quotas/index.ts"
import { enterQueue } from "./queries/platform.ts"
import { updateStore } from "./queries/stores.ts"
import { insertWork } from "./queries/works.ts"
import type { StoreRow, WorkRow } from "./store.ts"

export interface NewWork {
  row: StoreRow
  work: StoreWork
  toVersion?: string
  /** the backup that is put in place of the store's data */
  restoreId?: WorkRow["restoreId"]
  restoreOf?: WorkRow["restoreOf"]
  verbose?: boolean
  /** MiB of what runs beside the store meanwhile: counted until the work ends */
  memoryBeside?: number
  /** what else is written of the store */
  set?: Partial<StoreRow>
}

/**
 * Writes that something is to be done to a store; one that is to be made waits for its turn.
 *
 * @throws Fault `quota_exceeded` when what is to run beside it does not fit
 */
export async function beginWork(ctx: Ctx, wanted: NewWork): Promise<StoreRow> {
  const { row, work, toVersion = row.version, restoreId = null, restoreOf = null } = wanted
  const now = ctx.clock.now()
  const id = ctx.newId("swk")
  const { organizationId } = ctx
  const { memoryBeside: amount } = wanted
  if (amount !== undefined) await reserve(ctx, "store_memory_mib", { subject: id, amount })
  await insertWork(
    ctx.db,
    {
      ...{ id, organizationId, storeId: row.id, work, state: "running" },
      ...{ fromVersion: row.version, toVersion, restoreId, restoreOf },
      ...{ backupId: ctx.newId("sbk"), verbose: wanted.verbose ?? false, cancelWanted: false },
      ...{ byName: ctx.actor.name, askedAt: now },
    },
    row.engine,
  )
  const isMaking = work === "provision"
  if (isMaking) await enterQueue(ctx.db, { organizationId, storeId: row.id, at: now })
  const changed = await updateStore(ctx.db, row.id, {
    ...{ workId: id, state: isMaking ? "requested" : storeWorks[work].state },
    ...{ step: null, position: null, stuck: false, updatedAt: now, changes: row.changes + 1 },
    ...wanted.set,
  })
  invariant(changed, "the store is locked")
  return changed
}
