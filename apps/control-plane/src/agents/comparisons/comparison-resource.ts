import type { IdOf } from "@vibecaas/contract/kinds"
import { changed } from "../../core/changes.ts"
import type { Ctx } from "../../core/ctx.ts"
import { emit } from "../../core/emit.ts"
import type { Resource } from "../../core/resource.ts"
import { hearOfProject } from "../../projects/index.ts"
import { findComparison, listCandidates, lockComparison } from "../queries/comparisons.ts"
import { brief } from "../whole-words.ts"
import { type ComparisonRow, showComparison, signalOf } from "./comparison.ts"

/** Tells whoever watches its project, and the project itself, how the comparison is in the end. */
export function comparisonChanged(ctx: Ctx, id: IdOf<"comparison">): void {
  changed(ctx, `comparison/${id}`, async () => {
    const row = await findComparison(ctx.db, id)
    if (!row) return
    const candidates = await listCandidates(ctx.db, [id])
    await hearOfProject(ctx, row.projectId, signalOf(row, candidates))
    const data = showComparison(row, candidates)
    emit(ctx, { kind: "comparison.changed", about: { project: row.projectId }, id, data })
  })
}

export const comparisonResource: Resource<ComparisonRow> = {
  noun: "comparison",
  loop: "comparisons",
  find: (ctx, id) => lockComparison(ctx.db, id),
  about: async (_, { goal }) => brief(goal.replaceAll(/\s+/g, " "), 100),
  tell: (ctx, { id }) => comparisonChanged(ctx, id),
}
