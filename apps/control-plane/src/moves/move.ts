import type { Move, MoveState } from "@vibecaas/contract/kinds/moves"
import type { projectMoves } from "../db/tables/moves.ts"

/**
 * A move brings a project in or copies it.
 *
 * The row says what was asked for, and what was left out or stood in the way. What takes long is done by a
 * loop, which begins a step anew when a server died in it.
 */
export type MoveRow = typeof projectMoves.$inferSelect

export const isOver = ({ state }: { state: MoveState }): boolean =>
  state === "done" || state === "failed" || state === "cancelled"

/** How a row is shown by the API. */
export function showMove(row: MoveRow): Move {
  const { id, organizationId, projectId, way, state, from, doing, leftOut, failure } = row
  return {
    ...{ id, organizationId, projectId, way, state, from, doing, leftOut, failure },
    startedBy: row.startedByName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
