import { invariant } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { idIn, inTurn } from "../core/resource.ts"
import { announce } from "./announce.ts"
import { type MachineRow, mayMove } from "./machine.ts"
import type { LoopParts } from "./parts.ts"
import { findMachine, updateObserved } from "./queries.ts"

/** What a turn may write: what it observed, never what people want. */
export type Observation = Partial<
  Pick<
    MachineRow,
    | "state"
    | "restarted"
    | "hostId"
    | "driver"
    | "isolation"
    | "reaches"
    | "failure"
    | "startedAt"
    | "meteredUntil"
  >
>

/** Writes what a turn saw in one short transaction, and tells it. @throws Fault `lease_lost` */
export function observe(parts: LoopParts, turn: Turn, seen: Observation): Promise<void> {
  return inTurn(parts, turn, (ctx) => observeIn(ctx, turn, seen))
}

/** As `observe`, inside a turn's transaction that writes more. */
export async function observeIn(ctx: Ctx, turn: Turn, seen: Observation): Promise<void> {
  const before = await findMachine(ctx.db, idIn<MachineRow>(turn))
  if (!before) return
  if (seen.state) {
    invariant(mayMove(before.state, seen.state), `no move from ${before.state} to ${seen.state}`)
  }
  const updatedAt = ctx.clock.now()
  await updateObserved(ctx.db, turn, { ...seen, updatedAt })
  announce(ctx, { ...before, ...seen, updatedAt })
}
