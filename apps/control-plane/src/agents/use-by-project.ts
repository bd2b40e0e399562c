import { centsOf } from "@vibecaas/contract/money"
import { type ProjectUse, projectsUsedMax } from "@vibecaas/contract/project-use"
import type { Ctx } from "../core/ctx.ts"
import { monthAfter, monthOf } from "../core/month.ts"
import { useOfProjects } from "./queries/project-budgets.ts"

/**
 * What each project used in a month (UTC), but for those that somebody does not see.
 *
 * @param asked `2026-01`; this month where nothing is said
 */
export async function useByProject(
  ctx: Ctx,
  asked: { month?: string | undefined; hidden: readonly string[] },
): Promise<{ from: string; to: string; items: ProjectUse[] }> {
  const from = monthOf(asked.month ? new Date(`${asked.month}-01T00:00:00Z`) : ctx.clock.now())
  const to = monthAfter(from)
  const page = { from, to, hidden: asked.hidden, limit: projectsUsedMax }
  const rows = await useOfProjects(ctx.db, page)
  const items = rows.map(({ ms, cost, ...row }) => ({
    ...{ ...row, agentSeconds: ms / 1000, cents: centsOf(cost) },
  }))
  return { from: from.toISOString(), to: to.toISOString(), items }
}
