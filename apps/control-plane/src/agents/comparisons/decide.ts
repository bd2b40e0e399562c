import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import { want } from "../../core/resource.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { findComparison, lockComparison, moveComparison } from "../queries/comparisons.ts"
import { findRun } from "../queries/runs.ts"
import { runInWords } from "../run.ts"
import { type ComparisonRow, isProved, known, mustAllow } from "./comparison.ts"
import { comparisonResource } from "./comparison-resource.ts"
import { staleWords } from "./next-comparison-step.ts"

/**
 * Asks for a candidate to take the live app's place; that somebody decided so is what rules about going live ask
 * for. Asking again for the same one is harmless.
 *
 * @param of.head the project's newest commit
 * @throws Fault `not_found`, `wrong_state`; `conflict` when others changed the project meanwhile
 */
export async function promoteCandidate(
  ctx: Ctx,
  { machines }: Pick<AgentsParts, "machines">,
  of: { comparisonId: IdOf<"comparison">; runId: IdOf<"run">; head: string | null },
): Promise<ComparisonRow> {
  const row = known(await lockComparison(ctx.db, of.comparisonId))
  if (row.chosen === of.runId) return row
  mustAllow(row, "promote")
  const run = await findRun(ctx.db, of.runId)
  if (run?.comparisonId !== row.id) {
    throw fault("not_found", { say: "The comparison has no such candidate." })
  }
  if (!isProved(run) || run.commit === null) {
    throw fault("wrong_state", { say: "Only a candidate that is proved can be promoted." })
  }
  const live = await machines.liveCommit(ctx, row.projectId)
  const stale = staleWords(row, { head: of.head, live, commit: run.commit })
  if (stale !== undefined) throw fault("conflict", { say: stale })
  return want(ctx, comparisonResource, {
    action: "comparison.promote",
    details: { projectId: row.projectId, run: runInWords(run), commit: run.commit },
    write: () => moved(ctx, row, { state: "promoting", chosen: run.id, failure: null }),
  })
}

/**
 * Asks for all candidates to stop; their drafts go, and the app stays as it is. Asking again is
 * harmless.
 *
 * @throws Fault `not_found`, `wrong_state` when it is over, or one is on its way to people
 */
export async function cancelComparison(ctx: Ctx, id: IdOf<"comparison">): Promise<ComparisonRow> {
  const row = known(await lockComparison(ctx.db, id))
  if (row.wanted === "cancelled") return row
  mustAllow(row, "cancel")
  return want(ctx, comparisonResource, {
    action: "comparison.cancel",
    details: { projectId: row.projectId },
    write: () => moved(ctx, row, { wanted: "cancelled" }),
  })
}

/** The row is locked, so nobody else moves it. */
async function moved(
  ctx: Ctx,
  row: ComparisonRow,
  set: Parameters<typeof moveComparison>[2]["set"],
): Promise<ComparisonRow> {
  return (await moveComparison(ctx.db, row, { set, at: ctx.clock.now() })) ?? row
}

/** @throws Fault `not_found` */
export async function needComparison(ctx: Ctx, id: IdOf<"comparison">): Promise<ComparisonRow> {
  return known(await findComparison(ctx.db, id))
}
