import type { ModelDay, ModelMetrics } from "@vibecaas/contract/model-metrics"
import { centsOf } from "@vibecaas/contract/money"
import type { Ctx } from "../core/ctx.ts"
import { type MetricsRow, readMetrics } from "./queries/metrics.ts"

/** How agents and models did in an organization: all of a time by role, and day by day. */
export async function showMetrics(
  ctx: Ctx,
  period: { from: Date; to: Date },
): Promise<{ models: ModelMetrics[]; days: ModelDay[] }> {
  const rows = await readMetrics(ctx.db, period)
  return {
    models: rows.flatMap((row) => (row.role === null ? [] : [{ ...didOf(row), role: row.role }])),
    days: rows.flatMap((row) => (row.day === null ? [] : [{ ...didOf(row), day: row.day }])),
  }
}

function didOf({ role: _, day: __, cost, ...did }: MetricsRow) {
  return { ...did, costCents: centsOf(cost) }
}
