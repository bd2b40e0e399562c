import type { Move, MoveState } from "@vibecaas/contract/kinds/moves"
import type { projectMoves } from "../db/tables/moves.ts"

/**
 * A move brings a project in, copies it, or gives it to another organization.
 *
 * The row says what was asked for, and what was left out or stood in the way. What takes long is done by a
 * loop, which begins a step anew when a server died in it.
 */
export type MoveRow = typeof projectMoves.$inferSelect

export const isOver = ({ state }: { state: MoveState }): boolean =>
  state === "done" || state === "failed" || state === "cancelled"

/** What can be stopped: of what was given away half there is no way back but forward. */
export const mayCancel = (row: Pick<MoveRow, "state" | "way">): boolean =>
  !isOver(row) && row.way !== "transfer"

/** How a row is shown by the API. */
export function showMove(row: MoveRow): Move {
  const { id, organizationId, projectId, way, state, from, doing, leftOut, failure } = row
  return {
    ...{ id, organizationId, projectId, way, state, from, doing, leftOut, failure },
    branch: row.request.git?.branch ?? null,
    startedBy: row.startedByName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
