import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { isOver, type MoveRow } from "./move.ts"
import { moveResource } from "./move-resource.ts"
import { findMove, lockMove, updateMove } from "./queries.ts"

/** @throws Fault `not_found` */
export async function needMove(ctx: Ctx, id: IdOf<"move">): Promise<MoveRow> {
  return known(await findMove(ctx.db, id))
}

/** Asks for a move to be stopped. @throws Fault `not_found`, `wrong_state` when it cannot be any more */
export async function cancelMove(ctx: Ctx, id: IdOf<"move">): Promise<MoveRow> {
  const row = known(await lockMove(ctx.db, id))
  if (isOver(row)) throw fault("wrong_state", { say: "This is over already." })
  if (row.wanted === "cancelled") return row
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
