import { storeGoesOn, storeWorks } from "@vibecaas/contract/store-states"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { beginWork } from "./begin-work.ts"
import { lockFor } from "./need-store.ts"
import { enterQueue } from "./queries/platform.ts"
import { updateStore } from "./queries/stores.ts"
import { findWork, forgetTries, lastWorks, updateWork } from "./queries/works.ts"
import type { StoreId, StoreRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

/**
 * Cancels what is done to a store, once the step that is taken ends: what was there before is put back.
 *
 * @throws Fault `not_found`, `wrong_state`
 */
export async function cancelWork(ctx: Ctx, parts: StoresParts, id: StoreId): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "cancel")
  const work = row.workId && (await findWork(ctx.db, row.workId))
  if (!work || work.work === "undo") {
    throw fault("wrong_state", { say: "What was there before is being put back. Wait for it." })
  }
  return want(ctx, parts.resource, {
    action: "store.cancel",
    details: { work: work.work },
    write: async () => {
      await updateWork(ctx.db, work.id, { cancelWanted: true })
      await note(ctx, row, "Cancelling was asked for")
      return row
    },
  })
}

/**
 * Does what failed again, from the step at which it did; with diagnostics its programs write all they can.
 *
 * @throws Fault `not_found`, `wrong_state` unless it has failed
 */
export async function retryStore(
  ctx: Ctx,
  parts: StoresParts,
  { id, diagnostics }: { id: StoreId; diagnostics: boolean },
): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "retry")
  const say = diagnostics
    ? "Trying again with diagnostics was asked for"
    : "Trying again was asked for"
  return want(ctx, parts.resource, {
    action: "store.retry",
    details: { diagnostics },
    write: async () => {
      const after = await takeUpAgain(ctx, row, diagnostics)
      await note(ctx, after, say)
      return after
    },
  })
}

async function takeUpAgain(ctx: Ctx, row: StoreRow, verbose: boolean): Promise<StoreRow> {
  const afresh = { failure: null, stuck: false, repairs: 0, wanted: "running" } as const
  const [last] = await lastWorks(ctx.db, [row.id])
  // One that was ready and broke by itself has no work that failed, or one that was done beside it.
  if (!last || last.state === "done" || storeGoesOn(last.work))
    return beginWork(ctx, { row, work: "start", verbose, set: afresh })
  // What was cancelled was taken away, so it begins anew.
  if (last.state === "cancelled")
    return beginWork(ctx, { row, work: row.readyAt ? "start" : "provision", verbose, set: afresh })
  await forgetTries(ctx.db, last.id)
  const again = { state: "running", cancelWanted: false, startedAt: null, endedAt: null } as const
  await updateWork(ctx.db, last.id, { ...again, verbose, failureKind: null })
  const { organizationId } = ctx
  const isMaking = last.work === "provision"
  if (isMaking) await enterQueue(ctx.db, { organizationId, storeId: row.id, at: ctx.clock.now() })
  const after = await updateStore(ctx.db, row.id, {
    ...{ ...afresh, workId: last.id, step: null, position: null },
    state: isMaking ? "requested" : storeWorks[last.work].state,
    ...{ updatedAt: ctx.clock.now(), changes: row.changes + 1 },
  })
  invariant(after, "the store is locked")
  return after
}
