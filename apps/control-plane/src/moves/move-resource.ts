import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import type { Resource } from "../core/resource.ts"
import { type MoveRow, showMove } from "./move.ts"
import { findMove, updateMove } from "./queries.ts"

export const moveResource: Resource<MoveRow> = {
  noun: "move",
  loop: "moves",
  find: (ctx, id) => findMove(ctx.db, id),
  about: async (_, { from }) => from,
  tell: tellMove,
}

function tellMove(ctx: Ctx, { id, projectId }: Pick<MoveRow, "id" | "projectId">): void {
  changed(ctx, `move/${id}`, async () => {
    const row = await findMove(ctx.db, id)
    if (row)
      emit(ctx, { kind: "move.changed", about: { project: projectId }, id, data: showMove(row) })
  })
}

/** Writes what became of a move, and tells it. */
export async function note(ctx: Ctx, row: MoveRow, set: Partial<MoveRow>): Promise<void> {
  await updateMove(ctx.db, row.id, { ...set, updatedAt: ctx.clock.now() })
  tellMove(ctx, row)
}
