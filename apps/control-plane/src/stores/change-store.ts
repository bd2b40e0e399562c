import type { StorePlan } from "@vibecaas/contract/store-plans"
import { fault } from "@vibecaas/kernel/fault"
import type { Engine } from "@vibecaas/stores/engine"
import { changeValues } from "@vibecaas/stores/terms"
import type { Ctx } from "../core/ctx.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { reserve } from "../quotas/index.ts"
import { isOrganizationGoing } from "../tenants/index.ts"
import { wrong } from "./catalog.ts"
import { lockFor } from "./need-store.ts"
import { wantSet } from "./operate-store.ts"
import { lockStore } from "./queries/stores.ts"
import { memoryOf, type StoreId, type StoreRow } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"

export interface StoreChange {
  plan?: StorePlan | undefined
  values?: Record<string, unknown> | undefined
  backupEveryHours?: number | null | undefined
  drillEveryDays?: number | null | undefined
}

/**
 * Changes a store's plan, values or schedule; one that runs is started anew with another plan or values.
 *
 * @throws Fault `not_found`, `wrong_state`, `version_mismatch`, `quota_exceeded`, `invalid`
 */
export async function changeStore(
  ctx: Ctx,
  parts: StoresParts,
  change: { id: StoreId; ifMatch: number | undefined; set: StoreChange },
): Promise<StoreRow> {
  const { id, ifMatch, set } = change
  const row = await lockFor(ctx, id, "change")
  if (ifMatch !== undefined && ifMatch !== row.changes) throw versionMismatch("this store")
  const { plan = row.plan, backupEveryHours = row.backupEveryHours } = set
  const { drillEveryDays = row.drillEveryDays } = set
  const { engine } = await parts.catalog.need(row.engine, row.version)
  const values =
    set.values === undefined
      ? row.values
      : (changeValues(engine as Engine<object>, {
          before: row.values,
          wanted: set.values,
        }) as Record<string, unknown>) // what the engine's schema answered
  if (plan !== row.plan)
    await reserve(ctx, "store_memory_mib", { subject: row.id, amount: memoryOf(engine, plan) })
  const isOther = plan !== row.plan || set.values !== undefined
  const settingsWanted = row.settingsWanted + (isOther ? 1 : 0)
  return wantSet(ctx, parts, {
    ...{ row, action: "store.change", details: { plan, backupEveryHours, drillEveryDays } },
    say: isOther ? `Settings were changed: plan ${plan}` : "The schedule of backups was changed",
    set: { plan, values, backupEveryHours, drillEveryDays, settingsWanted },
  })
}

/**
 * Asks for a store to be gone: all it has is taken down, and it goes once nothing is left. Asking again is
 * harmless.
 *
 * @throws Fault `not_found`, `invalid` when `name` is not its name
 */
export async function deleteStore(
  ctx: Ctx,
  parts: StoresParts,
  { id, name, backup }: { id: StoreId; name: string; backup: boolean },
): Promise<StoreRow> {
  const row = await lockStore(ctx.db, id)
  if (!row) throw fault("not_found", { say: "There is no such store." })
  if (name !== row.name) throw wrong("/name", `Type “${row.name}” to delete it.`)
  return wantStoreGone(ctx, parts, { row, backup })
}

/** The same without asking: for a store whose organization goes. */
export async function wantStoreGone(
  ctx: Ctx,
  parts: StoresParts,
  { row, backup }: { row: StoreRow; backup: boolean },
): Promise<StoreRow> {
  if (row.wanted === "gone") return row
  const finalBackup = backup && !(await isOrganizationGoing(ctx))
  return wantSet(ctx, parts, {
    ...{ row, action: "store.delete", details: { backup: finalBackup } },
    ...{ say: "Deleting was asked for", set: { wanted: "gone", finalBackup } },
  })
}
