import type { Move } from "@vibecaas/contract/kinds/moves"
import type { Project } from "@vibecaas/contract/kinds/projects"

/** What a move is called while it is under way, and once it is over. */
export const moveWords: Record<Move["way"], { doing: string; did: string; not: string }> = {
  archive: { doing: "Importing from", did: "Imported from", not: "Not imported from" },
  git: { doing: "Importing from", did: "Imported from", not: "Not imported from" },
  copy: { doing: "Duplicating", did: "Duplicated from", not: "Not duplicated from" },
  transfer: { doing: "Being given away by", did: "Given here by", not: "Not given away by" },
}

export const isUnderWay = ({ state }: Pick<Move, "state">): boolean =>
  state === "waiting" || state === "working"

const newsMs = 60 * 60_000

/** Whether a failed import can be begun anew: nothing is in its project yet. */
export const canRetry = (move: Pick<Move, "state" | "way">, project: Pick<Project, "state">) =>
  move.way === "git" && move.state === "failed" && project.state === "empty"

/** Whether what became of a move is still news to whoever opens the project. */
export const isNews = (move: Move, { project, now }: { project: Project; now: number }): boolean =>
  isUnderWay(move) ||
  canRetry(move, project) ||
  ((move.state === "failed" || move.leftOut.length > 0) &&
    now - Date.parse(move.updatedAt) < newsMs)
