import { invariant } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { announce } from "./announce.ts"
import { type MicrovmRow, mayMove } from "./microvm.ts"
import { inTurn, type LoopParts } from "./parts.ts"
import { findMicrovm, updateObserved } from "./queries.ts"

/** What a turn may write: what it observed, never what people want. */
export type Observation = Partial<
  Omit<
    MicrovmRow,
    "id" | "organizationId" | "projectId" | "wanted" | "restartWanted" | "appCommitWanted" | "trust"
  >
>

/** Writes what a turn saw in one short transaction, and tells it. */
export function observe(parts: LoopParts, turn: Turn, seen: Observation): Promise<void> {
  return inTurn(parts, turn, (ctx) => observeIn(ctx, turn, seen))
}

/** As `observe`, inside a transaction that writes more. @throws Fault `lease_lost` */
export async function observeIn(ctx: Ctx, turn: Turn, seen: Observation): Promise<void> {
  const before = await findMicrovm(ctx.db, turn.key.id)
  if (!before) return
  if (seen.state) {
    invariant(mayMove(before.state, seen.state), `no move from ${before.state} to ${seen.state}`)
  }
  const updatedAt = ctx.clock.now()
  await updateObserved(ctx.db, turn, { ...seen, updatedAt })
  announce(ctx, { ...before, ...seen, updatedAt })
}
