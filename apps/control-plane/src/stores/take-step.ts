import { type StoreStep, type StoreWork, storeWorks } from "@vibecaas/contract/store-states"
import { invariant, isFault } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import { inTurn } from "../core/resource.ts"
import type { Found } from "../core/resource-loop.ts"
import { beginWork } from "./begin-work.ts"
import { wantStoreGone } from "./change-store.ts"
import { beginDrill } from "./drill-store.ts"
import { failWork, finishWork } from "./end-work.ts"
import { applySettings, giveUpRepair, probeNow, recordWell, repair, resume } from "./keep-well.ts"
import { meterStore } from "./meter-store.ts"
import { isTriedAgain, type Step } from "./next-step.ts"
import { updateStore } from "./queries/stores.ts"
import { beginStep, endStep, updateWork } from "./queries/works.ts"
import { throwAway } from "./rehearse.ts"
import { releaseOf } from "./release-of.ts"
import type { StoreRow, WorkRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"
import { takeWorkStep } from "./take-work-step.ts"
import { beginDeleting, destroy, finalBackup, remove } from "./tear-down.ts"
import type { Seen, Taking, Tried } from "./work-parts.ts"

type At = Found<StoreRow, Seen>

/** Takes the step that was chosen. */
export async function takeStep(parts: StoresParts, step: Step, at: At): Promise<void> {
  const { turn, row } = at
  switch (step.do) {
    case "follow":
      await inTurn(parts, turn, (ctx) => wantStoreGone(ctx, parts, { row, backup: false }))
      return
    case "begin-deleting":
      return beginDeleting(parts, turn, row)
    case "final-backup":
      return finalBackup(parts, turn, row)
    case "destroy":
      return destroy(parts, turn, row)
    case "remove":
      return remove(parts, turn, row)
    case "stop":
      return stop(parts, turn, row)
    case "apply":
      return applySettings(parts, at)
    case "resume":
      return resume(parts, at)
    case "repair":
      return repair(parts, at, step.why)
    case "give-up-repair":
      return giveUpRepair(parts, at)
    case "record-well":
      return recordWell(parts, turn, row)
    case "probe":
      return probeNow(parts, at, step.depth)
    case "begin-backup":
      return begin(parts, at, "backup")
    case "begin-start":
      return begin(parts, at, "start")
    case "begin-drill":
      return beginDrill(parts, turn, row)
    default:
      return takeOfWork(parts, step, at)
  }
}

function begin(parts: StoresParts, { turn, row }: At, work: "backup" | "start"): Promise<void> {
  return inTurn(parts, turn, async (ctx) => {
    parts.resource.tell(ctx, await beginWork(ctx, { row, work }))
  })
}

type OfWork = Extract<
  Step,
  {
    do:
      | "record-queued"
      | "begin-work"
      | "cancel-work"
      | "time-out"
      | "work"
      | "end-step"
      | "finish-work"
  }
>

async function takeOfWork(parts: StoresParts, step: OfWork, at: At): Promise<void> {
  const { turn, row } = at
  const work = workOf(at)
  switch (step.do) {
    case "record-queued":
      return observe(parts, turn, { row, set: { state: "queued", position: step.position } })
    case "begin-work":
      return leaveLine(parts, turn, { row, work })
    case "cancel-work":
      return cancel(parts, at, work)
    case "time-out": {
      const evidence = { step: "prepare", outOfTime: true } as const
      return failWork({ parts, turn, row, work }, { step: row.step, evidence })
    }
    case "work":
      return workStep(parts, at, step.step)
    case "end-step":
      return recordStep(parts, turn, { row, work, step: step.step, tried: { how: "done" } })
    case "finish-work":
      return finishWork({ parts, turn, row, work })
  }
}

function workOf({ seen }: At): WorkRow {
  invariant(seen.work, "a step of a work is chosen where there is one")
  return seen.work.row
}

function observe(
  parts: StoresParts,
  turn: Turn,
  { row, set }: { row: StoreRow; set: Partial<StoreRow> },
): Promise<void> {
  return inTurn(parts, turn, async (ctx) => {
    await updateStore(ctx.db, row.id, { ...set, updatedAt: ctx.clock.now() })
    parts.resource.tell(ctx, row)
  })
}

/** From here on the time counts that the work may take. */
async function leaveLine(
  parts: StoresParts,
  turn: Turn,
  { row, work }: { row: StoreRow; work: WorkRow },
): Promise<void> {
  await inTurn(parts, turn, async (ctx) => {
    const now = ctx.clock.now()
    await updateWork(ctx.db, work.id, { startedAt: now })
    const { state } = storeWorks[work.work]
    await updateStore(ctx.db, row.id, { state, position: null, updatedAt: now })
    await note(ctx, { id: row.id, state }, begun[work.work])
    parts.resource.tell(ctx, row)
  })
}

/** What a store's activity says of the beginning of each. */
const begun: Readonly<Record<StoreWork, string>> = {
  provision: "Its making began",
  start: "Its start began",
  upgrade: "The upgrade began",
  upgrade_beside: "The upgrade began, beside what runs",
  rollback: "Going back began",
  backup: "The backup began",
  restore: "Restoring began",
  drill: "The restore drill began",
  undo: "Putting back what was there before began",
}

/** What was made for a store that is not wanted is taken away; what was changed of another is put back. */
async function cancel(parts: StoresParts, { turn, row, seen }: At, work: WorkRow): Promise<void> {
  if (work.work === "provision") {
    const left = await parts.backend.destroy(row.id)
    invariant(
      left.length === 0,
      `of a store that is cancelled there is left: ${left.map(({ what }) => what)}`,
    )
  }
  if (work.work === "drill") await throwAway(parts, work)
  const begun = seen.work?.steps.at(-1)?.step ?? null
  const evidence = { step: "prepare" } as const
  await failWork({ parts, turn, row, work }, { step: begun, evidence, cancelled: true })
}

async function workStep(parts: StoresParts, at: At, step: StoreStep): Promise<void> {
  const { turn, row, seen } = at
  const work = workOf(at)
  await inTurn(parts, turn, async (ctx) => {
    const { organizationId } = ctx
    await beginStep(ctx.db, { organizationId, workId: work.id, step, at: ctx.clock.now() })
    await updateStore(ctx.db, row.id, { step, updatedAt: ctx.clock.now() })
    parts.resource.tell(ctx, row)
  })
  const taking: Taking = { parts, turn, row, work, there: seen.there }
  const tried = await takeWorkStep(step, taking)
  await recordStep(parts, turn, { row, work, step, tried })
}

async function recordStep(
  parts: StoresParts,
  turn: Turn,
  { row, work, step, tried }: { row: StoreRow; work: WorkRow; step: StoreStep; tried: Tried },
): Promise<void> {
  if (tried.how === "under-way") return
  const done = tried.how === "done"
  const said = done ? (tried.note ?? null) : saidOf(tried)
  const tries = await inTurn(parts, turn, async (ctx) => {
    const of = { workId: work.id, step }
    const count = await endStep(ctx.db, of, { done, note: said, at: ctx.clock.now() })
    parts.resource.tell(ctx, row)
    return count
  })
  if (tried.how === "done") return
  const { error } = tried.evidence
  const isPassing = isFault(error) && error.retryable
  if (isTriedAgain(step, tries, isPassing) && mayHelp(error)) return
  await failWork({ parts, turn, row, work }, { step, evidence: tried.evidence })
}

type Failed = Extract<Tried, { how: "failed" }>

const saidOf = ({ evidence }: Failed) =>
  evidence.probe?.failed?.say ?? evidence.hook?.logTail.at(-1)?.slice(0, 300) ?? null

/** What a person has to change first fails at once. */
const mayHelp = (error: unknown) => !isFault(error, "invalid") && !isFault(error, "quota_exceeded")

async function stop(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  const of = { row, version: row.version, verbose: false }
  const release = await inTurn(parts, turn, (ctx) => releaseOf(ctx, parts, of))
  await parts.backend.ensure(release, "stopped")
  await inTurn(parts, turn, async (ctx) => {
    await meterStore(ctx, row)
    const set = {
      state: "stopped",
      step: null,
      meteredUntil: null,
      updatedAt: ctx.clock.now(),
    } as const
    await updateStore(ctx.db, row.id, set)
    await note(ctx, { id: row.id, state: "stopped" }, "Stopped; its data are kept")
    parts.resource.tell(ctx, row)
  })
}
