import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { retireHosts } from "../core/hosts.ts"
import { gone, inTurn } from "../core/resource.ts"
import { release } from "../quotas/index.ts"
import { backUp } from "./backup-store.ts"
import { wakeAdmitted } from "./end-work.ts"
import { meterStore } from "./meter-store.ts"
import { deleteBackupsBut, listBackups } from "./queries/history.ts"
import { admit, leaveQueue } from "./queries/platform.ts"
import { deleteStoreRow, updateStore } from "./queries/stores.ts"
import { endWork, findWork, writeGone } from "./queries/works.ts"
import type { StoreRow } from "./store.ts"
import { note, ownerOf } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

/** Stops what is done to a store that is to go, and gives its place in the queue to others. */
export async function beginDeleting(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  const admitted = await inTurn(parts, turn, async (ctx) => {
    const at = ctx.clock.now()
    await meterStore(ctx, row)
    const work = row.workId && (await findWork(ctx.db, row.workId))
    if (work) await endWork(ctx.db, work, { state: "cancelled", failureKind: null, at })
    if (work) await release(ctx, "store_memory_mib", work.id)
    await leaveQueue(ctx.db, row.id)
    const none = { workId: null, step: null, position: null, meteredUntil: null, tornAt: null }
    await updateStore(ctx.db, row.id, { ...none, state: "deleting", updatedAt: at })
    await note(ctx, { id: row.id, state: "deleting" }, "Being taken down")
    parts.resource.tell(ctx, row)
    return admit(ctx.db, parts.limits.atOnce, at)
  })
  await wakeAdmitted(parts, admitted)
}

export async function finalBackup(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  // One that was begun before a crash goes on: there is one last backup.
  const id = await inTurn(parts, turn, async (ctx) => {
    const begun = (await listBackups(ctx.db, row.id)).find(({ reason }) => reason === "final")
    return begun?.id ?? ctx.newId("sbk")
  })
  await backUp({ parts, turn, row }, { id, reason: "final", byName: row.createdByName })
  await inTurn(parts, turn, (ctx) => updateStore(ctx.db, row.id, { finalBackup: false }))
}

/** Takes all down that a store has, and names what could not be: that is tried again, for ever. */
export async function destroy(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  const left = await parts.backend.destroy(row.id)
  const leftovers = left.map(({ kind, what, because }) => `${kind} ${what}: ${because}`)
  await inTurn(parts, turn, async (ctx) => {
    const now = ctx.clock.now()
    await updateStore(ctx.db, row.id, { leftovers, tornAt: now, updatedAt: now })
    if (leftovers.length > 0 && leftovers.join() !== row.leftovers.join())
      await note(ctx, { id: row.id, state: "deleting" }, `Still there: ${leftovers.join("; ")}`)
    parts.resource.tell(ctx, row)
  })
}

/** Nothing is left of it in the world: its rows go, its hosts lead nowhere, what it took is given back. */
export async function remove(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  const kept = await inTurn(parts, turn, (ctx) => listBackups(ctx.db, row.id))
  const there = (await parts.backend.backups(row.id)).map(({ backupId }) => backupId)
  // Of one that failed there may be a part, which the backend does not list.
  const others = kept.filter(({ reason }) => reason !== "final").map(({ id }) => id)
  const last = kept.find(({ reason }) => reason === "final")?.id
  for (const backupId of new Set([...there, ...others]))
    if (backupId !== last) await parts.backend.removeBackup({ storeId: row.id, backupId })
  await inTurn(parts, turn, (ctx) =>
    gone(ctx, parts.resource, {
      row,
      held: ownerOf(ctx),
      remove: async () => {
        if (!(await deleteStoreRow(ctx.db, row.id))) return false
        await deleteBackupsBut(ctx.db, row.id, "final")
        await parts.vault.drop(ctx, row.id)
        await retireHosts(ctx, row.id)
        await release(ctx, ["stores", "store_memory_mib"], row.id)
        if (row.readyAt !== null) await writeGone(ctx.db, goneOf(ctx, row))
        return true
      },
    }),
  )
}

const goneOf = ({ newId, organizationId, clock }: Ctx, { engine }: StoreRow) => ({
  ...{ workId: newId("swk"), organizationId, engine, at: clock.now() },
})
