import { type Comparison, comparisonAllows } from "@vibecaas/contract/comparison"
import { fault } from "@vibecaas/kernel/fault"
import type { Signal } from "../../core/signals.ts"
import type { comparisons } from "../../db/tables/comparisons.ts"
import { type RunRow, unfinishedRunStates } from "../run.ts"

/**
 * A comparison is one goal that several runs, its candidates, work on apart from each other: each on
 * a draft and a branch of its own. None of them promotes by itself; a person chooses one.
 */
export type ComparisonRow = typeof comparisons.$inferSelect

/** Whether it has done all that can be done without being chosen. */
export const isProved = (run: Pick<RunRow, "state" | "wanted" | "provedAt">): boolean =>
  run.provedAt !== null && run.wanted !== "cancelled" && unfinishedRunStates.includes(run.state)

/** @throws Fault `wrong_state` */
export function mustAllow(
  { state, wanted }: ComparisonRow,
  action: keyof typeof comparisonAllows,
): void {
  const states: readonly string[] = comparisonAllows[action]
  if (states.includes(state) && wanted !== "cancelled") return
  const is = wanted === "cancelled" && state !== "cancelled" ? "being cancelled" : state
  const what = action === "cancel" ? "be cancelled" : "have a candidate promoted"
  throw fault("wrong_state", { say: `A comparison that is ${is} cannot ${what}.` })
}

/** @throws Fault `not_found` */
export function known(row: ComparisonRow | undefined): ComparisonRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such comparison." })
}

/** What a project is told of the comparison that is, or was last, under way. */
export function signalOf(row: ComparisonRow, candidates: readonly RunRow[]): Signal {
  const said = { child: "runs", about: row.goal, isNews: true }
  const proved = candidates.filter(isProved).length
  switch (row.state) {
    case "running": {
      const detail = `${proved} of ${candidates.length} candidates proved`
      return { ...said, phase: "working", detail }
    }
    case "deciding": {
      const detail =
        proved === 1 ? "1 candidate to decide on" : `${proved} candidates to choose from`
      return { ...said, phase: "asking", detail }
    }
    case "promoting":
      return { ...said, phase: "working", detail: "promoting a candidate" }
    case "promoted":
      return { ...said, phase: "none", detail: null }
    case "failed":
      return { ...said, phase: "failed", detail: row.failure }
    case "cancelled":
      return { ...said, phase: "none", detail: "the comparison was cancelled" }
  }
}

/** How a row, with its candidates, is shown by the API. */
export function showComparison(row: ComparisonRow, candidates: readonly RunRow[]): Comparison {
  const { id, organizationId, projectId, goal, state, base, chosen, failure } = row
  return {
    ...{ id, organizationId, projectId, goal, state, base, chosen, failure },
    candidates: candidates.map(({ id: runId, modelName: model }) => ({ runId, model })),
    startedBy: row.startedByName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
