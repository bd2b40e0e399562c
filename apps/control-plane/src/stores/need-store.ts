import { type StoreAction, type StoreState, storeMay } from "@vibecaas/contract/store-states"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { findStore, lockStore } from "./queries/stores.ts"
import type { StoreId, StoreRow } from "./store.ts"

/** @throws Fault `not_found` */
export async function needStore(ctx: Ctx, id: StoreId): Promise<StoreRow> {
  return found(await findStore(ctx.db, id))
}

/**
 * A store in a state in which something makes sense, locked until the transaction ends.
 *
 * @throws Fault `not_found`, `wrong_state`
 */
export async function lockFor(ctx: Ctx, id: StoreId, action: StoreAction): Promise<StoreRow> {
  const row = found(await lockStore(ctx.db, id))
  const state = row.wanted === "gone" ? "deleting" : row.state
  if (storeMay(state, action)) return row
  const say = `The store is ${words[state]}; ${deeds[action]} is for another moment. Nothing was changed.`
  throw fault("wrong_state", { say })
}

function found(row: StoreRow | undefined): StoreRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such store." })
}

const words: Readonly<Record<StoreState, string>> = {
  requested: "asked for and not made yet",
  queued: "waiting to be made",
  provisioning: "being made",
  ready: "ready",
  stopped: "stopped",
  failed: "failed",
  upgrading: "being upgraded",
  rolling_back: "being put back",
  backing_up: "being backed up",
  restoring: "being restored",
  drilling: "proving a backup",
  switching: "being upgraded",
  deleting: "being deleted",
  deleted: "deleted",
}

const deeds: Readonly<Record<StoreAction, string>> = {
  start: "starting it",
  stop: "stopping it",
  upgrade: "upgrading it",
  rollback: "going back",
  backup: "a backup",
  restore: "restoring it",
  drill: "a restore drill",
  retry: "trying again",
  cancel: "cancelling",
  change: "changing it",
  probe: "a test order",
  delete: "deleting it",
}
