import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { type MoveRow, mayCancel } from "./move.ts"
import { moveResource } from "./move-resource.ts"
import { findMove, lockMove, updateMove } from "./queries.ts"

/** @throws Fault `not_found` */
export async function needMove(ctx: Ctx, id: IdOf<"move">): Promise<MoveRow> {
  return known(await findMove(ctx.db, id))
}

/** Asks for a move to be stopped. @throws Fault `not_found`, `wrong_state` when it cannot be any more */
export async function cancelMove(ctx: Ctx, id: IdOf<"move">): Promise<MoveRow> {
  const row = known(await lockMove(ctx.db, id))
  if (row.wanted === "cancelled" && mayCancel(row)) return row
  if (!mayCancel(row)) {
    const say =
      row.way === "transfer"
        ? "A transfer is over soon, and cannot be stopped half-way."
        : "This is over already."
    throw fault("wrong_state", { say })
  }
  return want(ctx, moveResource, {
    action: "move.cancel",
    async write() {
      await updateMove(ctx.db, id, { wanted: "cancelled", updatedAt: ctx.clock.now() })
      return { ...row, wanted: "cancelled" }
    },
  })
}

function known(row: MoveRow | undefined): MoveRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such move." })
}
