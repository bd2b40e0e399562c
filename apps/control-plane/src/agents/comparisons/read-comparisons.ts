import type { Comparison } from "@vibecaas/contract/comparison"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Page } from "@vibecaas/contract/paging"
import { comparisonId } from "@vibecaas/contract/run-ids"
import { z } from "zod"
import type { Ctx } from "../../core/ctx.ts"
import { decodeCursor, takePage } from "../../core/cursor.ts"
import { listCandidates, listComparisons } from "../queries/comparisons.ts"
import type { PageRequest } from "../read-runs.ts"
import { type ComparisonRow, showComparison } from "./comparison.ts"

/** The comparison with its candidates. */
export async function readComparison(ctx: Ctx, row: ComparisonRow): Promise<Comparison> {
  return showComparison(row, await listCandidates(ctx.db, [row.id]))
}

const place = z.object({ id: comparisonId })

/** A project's comparisons, newest first. */
export async function readComparisons(
  ctx: Ctx,
  projectId: IdOf<"project">,
  page: PageRequest,
): Promise<Page<Comparison>> {
  const before = decodeCursor(place, page.cursor)?.id
  const rows = await listComparisons(ctx.db, projectId, { limit: page.limit + 1, before })
  const candidates = await listCandidates(
    ctx.db,
    rows.map(({ id }) => id),
  )
  const byComparison = Map.groupBy(candidates, ({ comparisonId: of }) => of)
  return takePage(rows, page.limit, {
    show: (row) => showComparison(row, byComparison.get(row.id) ?? []),
    position: ({ id }) => ({ id }),
  })
}
