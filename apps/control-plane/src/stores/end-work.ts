import { type StoreWork, storeGoesOn } from "@vibecaas/contract/store-states"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { actAsPlatform, inTurn } from "../core/resource.ts"
import { release } from "../quotas/index.ts"
import { beginWork } from "./begin-work.ts"
import { takeGreenAway } from "./beside-steps.ts"
import { writeDrill } from "./drill-store.ts"
import { failureOf, type WhyFailed } from "./failure-of.ts"
import { meterStore } from "./meter-store.ts"
import { failBackup, insertRelease, listBackups } from "./queries/history.ts"
import { admit, leaveQueue } from "./queries/platform.ts"
import { findStore, updateStore } from "./queries/stores.ts"
import { endWork, listSteps } from "./queries/works.ts"
import type { ReleaseRow, StoreRow, WorkRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

/** What ends: a work of a store, in one of its turns. */
export interface Ending {
  parts: StoresParts
  turn: Turn
  row: StoreRow
  work: WorkRow
}

const done: Readonly<Record<StoreWork, string>> = {
  provision: "Ready: an order went through",
  start: "Started: an order went through",
  upgrade: "Upgraded",
  upgrade_beside: "Upgraded while it went on",
  rollback: "Gone back",
  backup: "Backed up",
  restore: "Restored",
  drill: "The backup sells",
  undo: "What was there before runs again",
}

/** All steps were taken: the store is as the work wanted it. */
export async function finishWork(ending: Ending): Promise<void> {
  const { parts, turn } = ending
  await wakeAdmitted(parts, await inTurn(parts, turn, (ctx) => finishIn(ctx, ending)))
}

function finishIn(ctx: Ctx, ending: Ending) {
  const { work, row } = ending
  return end(ctx, ending, {
    state: "done",
    failureKind: null,
    write: async () => {
      const now = ctx.clock.now()
      const state = row.wanted === "stopped" ? "stopped" : "ready"
      // It has sold all the time.
      if (work.work === "upgrade_beside") await meterStore(ctx, row)
      await updateStore(ctx.db, row.id, {
        ...{ ...atRest, state, updatedAt: now },
        ...(isBeside(work) ? {} : { version: work.toVersion, ...startedNow(row, now) }),
        ...(mends(work, row) ? { failure: null } : {}),
        ...(work.work === "drill" ? { drilledAt: now } : {}),
      })
      if (work.work === "drill") await writeDrill(ctx, { row, work, failed: undefined })
      if (leadsToRelease(work)) {
        const backupId = work.work === "provision" ? null : work.backupId
        await insertRelease(ctx.db, releaseRow(ctx, ending, "current"), { backupId })
      }
      await note(ctx, { id: row.id, state }, `${done[work.work]}: ${row.name} ${work.toVersion}`)
    },
  })
}

/** What is done beside a store that goes on as it is. */
const isBeside = ({ work }: WorkRow) => work === "backup" || work === "drill"

/** Whether what failed before is no longer so: a drill says nothing of what others did. */
const mends = ({ work }: WorkRow, { failure }: StoreRow) =>
  work === "drill" ? failure?.work === "drill" : work !== "undo" && work !== "backup"

const atRest = { workId: null, step: null, position: null, stuck: false, repairs: 0 } as const

const startedNow = (row: StoreRow, now: Date) => ({
  readyAt: row.readyAt ?? now,
  meteredUntil: now,
  settingsApplied: row.settingsWanted,
})

const leadsToRelease = ({ work, fromVersion, toVersion }: WorkRow) =>
  work === "restore" ? fromVersion !== toVersion : ways[work] !== undefined

const ways: Partial<Record<StoreWork, ReleaseRow["way"]>> = {
  ...{ provision: "made", upgrade: "in_place", upgrade_beside: "beside" },
  ...{ rollback: "rollback", restore: "restore" },
}

const releaseRow = (ctx: Ctx, { row, work }: Ending, state: "current" | "refused") => ({
  ...{ id: ctx.newId("srl"), organizationId: ctx.organizationId, storeId: row.id },
  ...{ version: work.toVersion, state, backupId: null, startedAt: ctx.clock.now() },
  way: ways[work.work] ?? null,
})

/** A work did not come to its end: what was there before is put back, where anything was changed. */
export async function failWork(ending: Ending, why: WhyFailed): Promise<void> {
  const { parts, turn, work } = ending
  if (work.work === "upgrade_beside") await takeGreenAway(ending)
  await wakeAdmitted(parts, await inTurn(parts, turn, (ctx) => failIn(ctx, ending, why)))
}

/** The same in a transaction of the turn; answers which stores may begin now. */
export function failIn(ctx: Ctx, ending: Ending, why: WhyFailed) {
  const { work, row, parts } = ending
  const failure = failureOf(why, { work: work.work, at: ctx.clock.now() })
  const state = why.cancelled ? "cancelled" : "failed"
  parts.meters.failed(row.engine, failure.kind)
  return end(ctx, ending, {
    state,
    failureKind: failure.kind,
    write: async () => {
      await note(ctx, row, `${why.cancelled ? "Cancelled" : "Failed"}: ${failure.say}`)
      const fresh = (await findStore(ctx.db, row.id)) ?? row
      const steps = (await listSteps(ctx.db, [work.id])).map(({ step }) => step)
      const isUndone = await canUndo(ctx, work, steps)
      if (wasTried(work, { steps, isUndone }))
        await insertRelease(ctx.db, releaseRow(ctx, ending, "refused"), { backupId: null })
      if (isUndone) {
        await beginWork(ctx, {
          ...{ row: fresh, work: "undo", toVersion: work.fromVersion, restoreId: work.backupId },
          set: { failure },
        })
        return
      }
      const drill = work.work === "drill"
      if (drill && !why.cancelled) await writeDrill(ctx, { row, work, failed: failure.say })
      const after = stateAfter(row, work, why)
      await updateStore(ctx.db, row.id, {
        ...{ ...atRest, ...after, failure, updatedAt: ctx.clock.now() },
        ...(why.stuck ? { stuck: true } : {}),
        ...(drill ? { drilledAt: ctx.clock.now() } : {}),
      })
    },
  })
}

/** Something was changed, and there is a whole backup of what was there before. */
async function canUndo(ctx: Ctx, work: WorkRow, steps: readonly string[]): Promise<boolean> {
  if (!["upgrade", "rollback", "restore"].includes(work.work) || !steps.includes("halt"))
    return false
  const backups = await listBackups(ctx.db, work.storeId)
  return backups.some(({ id, state }) => id === work.backupId && state === "kept")
}

/** Whether the version that was wanted has run. */
function wasTried(
  { work }: WorkRow,
  { steps, isUndone }: { steps: readonly string[]; isUndone: boolean },
): boolean {
  return work === "upgrade" ? isUndone : work === "upgrade_beside" && steps.includes("raise")
}

/** Where nothing was changed the store is as it was; else a person decides. */
function stateAfter(row: StoreRow, work: WorkRow, why: WhyFailed): Partial<StoreRow> {
  const wasMade = row.readyAt !== null
  if (work.work === "start" && why.cancelled) return { state: "stopped", wanted: "stopped" }
  const changesNothing = why.step === null || why.step === "backup" || why.step === "prepare"
  const isHarmless = storeGoesOn(work.work) || changesNothing
  if (!wasMade || !isHarmless || work.work === "undo" || work.work === "start")
    return { state: "failed" }
  return { state: row.wanted === "stopped" ? "stopped" : "ready" }
}

/** Writes how the work ended and lets the next one of the queue begin, in one transaction. */
async function end(
  ctx: Ctx,
  { parts, row, work }: Ending,
  how: {
    state: "done" | "failed" | "cancelled"
    failureKind: string | null
    write(): Promise<void>
  },
) {
  const { state, failureKind, write } = how
  const at = ctx.clock.now()
  await endWork(ctx.db, work, { state, failureKind, at })
  if (state !== "done") await failBackup(ctx.db, work.backupId)
  await write()
  await release(ctx, "store_memory_mib", work.id)
  await leaveQueue(ctx.db, row.id)
  parts.resource.tell(ctx, row)
  ctx.wake("stores", row.id)
  const seconds = (at.getTime() - (work.startedAt ?? work.askedAt).getTime()) / 1000
  parts.meters.workEnded({ engine: row.engine, work: work.work, outcome: state, seconds })
  return work.work === "provision" ? admit(ctx.db, parts.limits.atOnce, at) : []
}

/** Those whose turn it is now are of any organization. */
export async function wakeAdmitted(
  parts: StoresParts,
  admitted: readonly { organizationId: string; id: string }[],
): Promise<void> {
  for (const { organizationId, id } of admitted)
    await actAsPlatform(parts, { organizationId }, async (ctx) => ctx.wake("stores", id))
}
