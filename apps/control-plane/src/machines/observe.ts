import { invariant } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { idIn, inTurn, observe as observeRow } from "../core/resource.ts"
import { type MachineRow, mayMove } from "./machine.ts"
import { machineResource } from "./machine-resource.ts"
import type { LoopParts } from "./parts.ts"
import { updateMachine } from "./queries.ts"

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
export function observeIn(ctx: Ctx, turn: Turn, set: Observation): Promise<void> {
  return observeRow<MachineRow, Observation>(ctx, machineResource, {
    turn,
    set,
    check: ({ state }) =>
      invariant(!set.state || mayMove(state, set.state), `no move from ${state} to ${set.state}`),
    write: (seen) => updateMachine(ctx.db, idIn<MachineRow>(turn), seen),
  })
}
