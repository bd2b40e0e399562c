import { fault } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { inTurn } from "../core/resource.ts"
import { beginWork } from "./begin-work.ts"
import { lockFor } from "./need-store.ts"
import { wantWork } from "./operate-store.ts"
import { insertDrill, listBackups } from "./queries/history.ts"
import { updateStore } from "./queries/stores.ts"
import { listSteps } from "./queries/works.ts"
import { roomFor } from "./room-for.ts"
import { sayMinute } from "./say-minute.ts"
import { type BackupRow, memoryOf, type StoreId, type StoreRow, type WorkRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

const newestOf = async (ctx: Ctx, id: StoreId): Promise<BackupRow | undefined> =>
  (await listBackups(ctx.db, id)).find(({ state }) => state === "kept")

const workOn = ({ engines }: StoresParts, row: StoreRow, backup: BackupRow) => ({
  ...{ row, work: "drill" as const, toVersion: backup.version, restoreId: backup.id },
  memoryBeside: memoryOf(engines.find(row.engine), row.plan),
})

/** Nothing, or why the store that a drill makes does not fit beside the others. */
async function lacksRoom(ctx: Ctx, memoryMiB: number): Promise<string | undefined> {
  const { fits, used, limit } = await roomFor(ctx, memoryMiB)
  if (fits) return undefined
  return `A restore drill needs ${memoryMiB} MiB for a store beside this one, and ${used} of the organization’s ${limit} MiB are in use.`
}

/** How long a drill by schedule waits for room before it is tried again, in `ms`. */
const roomMs = 3_600_000

/**
 * Proves the newest backup: it is restored into a store that is thrown away, and an order goes through that.
 *
 * @throws Fault `not_found`, `wrong_state` where it is for another moment, or there is no whole backup;
 * `quota_exceeded` when the organization has no memory left for a store beside it
 */
export async function drillStore(ctx: Ctx, parts: StoresParts, id: StoreId): Promise<StoreRow> {
  const row = await lockFor(ctx, id, "drill")
  const backup = await newestOf(ctx, id)
  if (!backup)
    throw fault("wrong_state", { say: "There is no whole backup yet. Back the store up first." })
  const work = workOn(parts, row, backup)
  const lacks = await lacksRoom(ctx, work.memoryBeside)
  if (lacks)
    throw fault("quota_exceeded", { say: `${lacks} Nothing was begun. Free some, then try again.` })
  return wantWork(ctx, parts, {
    work,
    asked: {
      ...{ action: "store.drill", details: { backup: backup.id } },
      say: `A restore drill of the backup of ${sayMinute(backup.createdAt)} was asked for`,
    },
  })
}

/** The same by schedule; without a backup there is another try when the next one is due, without room in an hour. */
export function beginDrill(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  return inTurn(parts, turn, async (ctx) => {
    const backup = await newestOf(ctx, row.id)
    const now = ctx.clock.now()
    if (!backup) {
      await updateStore(ctx.db, row.id, { drilledAt: now })
      return note(ctx, row, "No restore drill: there is no whole backup")
    }
    const work = workOn(parts, row, backup)
    const lacks = await lacksRoom(ctx, work.memoryBeside)
    if (!lacks) return parts.resource.tell(ctx, await beginWork(ctx, work))
    const dueMs = (row.drillEveryDays ?? 0) * 24 * 3_600_000
    await updateStore(ctx.db, row.id, { drilledAt: new Date(now.getTime() - dueMs + roomMs) })
    await note(ctx, row, `${lacks} It waits for room, and is tried again in an hour`)
  })
}

/** Writes down what a drill showed; one that somebody cancelled showed nothing. */
export async function writeDrill(
  ctx: Ctx,
  { row, work, failed }: { row: StoreRow; work: WorkRow; failed: string | undefined },
): Promise<void> {
  const { organizationId } = ctx
  const steps = await listSteps(ctx.db, [work.id])
  const proof = steps.find(({ step, done }) => step === "rehearse" && done)
  const recoveryMs = proof?.endedAt ? proof.endedAt.getTime() - proof.startedAt.getTime() : null
  await insertDrill(ctx.db, {
    ...{ organizationId, storeId: row.id, at: ctx.clock.now(), ok: failed === undefined },
    ...{ backupId: work.restoreId ?? work.backupId, version: work.toVersion, recoveryMs },
    say: (failed ?? proof?.note ?? "It sells").slice(0, 500),
    byName: work.byName,
  })
}
