import type { Turn } from "@vibecaas/reconcile/loop"
import { probeStore } from "@vibecaas/stores/probe-store"
import { inTurn } from "../core/resource.ts"
import type { Found } from "../core/resource-loop.ts"
import { failureOf, seenDown } from "./failure-of.ts"
import { writeProbe } from "./probe.ts"
import { updateStore } from "./queries/stores.ts"
import { releaseOf } from "./release-of.ts"
import type { StoreRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"
import type { Seen } from "./work-parts.ts"

type At = Found<StoreRow, Seen>

const releaseNow = (parts: StoresParts, turn: Turn, row: StoreRow) =>
  inTurn(parts, turn, (ctx) => releaseOf(ctx, parts, { row, version: row.version, verbose: false }))

/** Has a store run as its plan and values say now. */
export async function applySettings(parts: StoresParts, { turn, row }: At): Promise<void> {
  const release = await releaseNow(parts, turn, row)
  const hook = await parts.backend.exec(release, { name: "personalise" })
  const said = hook.logTail.at(-1)?.slice(0, 300) ?? "it told no reason"
  await parts.backend.ensure(release, "running")
  await inTurn(parts, turn, async (ctx) => {
    const set = { settingsApplied: row.settingsWanted, updatedAt: ctx.clock.now() }
    // What starts anew now is no repair.
    await updateStore(ctx.db, row.id, { ...set, repairedAt: ctx.clock.now(), repairs: 1 })
    const told = hook.ok ? "Runs with its new settings" : `Not all settings were taken: ${said}`
    await note(ctx, row, told)
    parts.resource.tell(ctx, row)
  })
}

/** Has a store run again that nothing has broken: the platform was ended in order, and its stores with it. */
export async function resume(parts: StoresParts, { turn, row }: At): Promise<void> {
  await parts.backend.ensure(await releaseNow(parts, turn, row), "running")
  await inTurn(parts, turn, async (ctx) => {
    const now = ctx.clock.now()
    // The time counts from here in which it has to come up before it is repaired.
    const set = { repairs: Math.max(1, row.repairs), repairedAt: now, updatedAt: now }
    await updateStore(ctx.db, row.id, set)
    if (row.repairs === 0) await note(ctx, row, "Started again with the platform")
    parts.resource.tell(ctx, row)
  })
}

/** Makes a store as it was that changed without us: counted, and told. */
export async function repair(parts: StoresParts, { turn, row }: At, why: string): Promise<void> {
  if (row.repairs === 0) {
    turn.correction(`store ${row.id}: ${why}`)
    parts.meters.corrected(row.engine)
  }
  const release = await releaseNow(parts, turn, row)
  await parts.backend.ensure(release, "running")
  await inTurn(parts, turn, async (ctx) => {
    const now = ctx.clock.now()
    await updateStore(ctx.db, row.id, { repairs: row.repairs + 1, repairedAt: now, updatedAt: now })
    if (row.repairs === 0) await note(ctx, row, `Repaired: ${why}`)
    parts.resource.tell(ctx, row)
  })
}

/** Repairing did not help: a person has to look. */
export async function giveUpRepair(parts: StoresParts, { turn, row, seen }: At): Promise<void> {
  const evidence = await seenDown(parts, row.id, seen.there)
  const why = { step: "start", evidence: { step: "start", ...evidence } } as const
  const failure = failureOf(why, { work: "start", at: parts.clock.now() })
  parts.meters.failed(row.engine, failure.kind)
  await inTurn(parts, turn, async (ctx) => {
    await updateStore(ctx.db, row.id, {
      state: "failed",
      failure,
      meteredUntil: null,
      updatedAt: ctx.clock.now(),
    })
    await note(ctx, { id: row.id, state: "failed" }, `Failed: ${failure.say}`)
    parts.resource.tell(ctx, row)
  })
}

export function recordWell(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  return inTurn(parts, turn, async (ctx) => {
    await updateStore(ctx.db, row.id, { repairs: 0, updatedAt: ctx.clock.now() })
    parts.resource.tell(ctx, row)
  })
}

/** Sees whether the store sells, as far as it is asked to. */
export async function probeNow(
  parts: StoresParts,
  { turn, row }: At,
  depth: "options" | "order",
): Promise<void> {
  const release = await releaseNow(parts, turn, row)
  const { backend, engines, clock } = parts
  const probing = { backend, engine: engines.find(row.engine), release, clock, signal: turn.signal }
  const outcome = await probeStore(probing, depth, `probe${turn.fence}`)
  await inTurn(parts, turn, async (ctx) => {
    await writeProbe(ctx, parts, { row, depth, outcome })
    const asked = depth === "order" ? { probed: row.probeWanted } : {}
    await updateStore(ctx.db, row.id, { ...asked, probedAt: ctx.clock.now() })
  })
}
