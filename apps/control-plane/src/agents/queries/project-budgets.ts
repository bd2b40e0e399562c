import type { IdOf } from "@vibecaas/contract/kinds"
import { and, eq } from "drizzle-orm"
import { projectBudgets, projectMonths } from "../../db/tables/project-budgets.ts"
import type { Tx } from "../../db/tenant.ts"
import type { RunUse } from "../work/budget.ts"

export type BudgetRow = typeof projectBudgets.$inferSelect
export type BudgetLimits = Pick<BudgetRow, "tokensMax" | "costMax" | "msMax">

export async function findBudget(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<BudgetRow | undefined> {
  const [row] = await tx.orm
    .select()
    .from(projectBudgets)
    .where(eq(projectBudgets.projectId, projectId))
  return row
}

/** Nobody else may change it at the same time: whoever calls it has locked the project's runs. */
export async function writeBudget(tx: Tx, row: BudgetRow): Promise<void> {
  const { tokensMax, costMax, msMax, version, updatedAt } = row
  await tx.orm.insert(projectBudgets).values(row).onConflictDoUpdate({
    target: projectBudgets.projectId,
    set: { tokensMax, costMax, msMax, version, updatedAt },
  })
}

/** @param month its first moment */
export async function usedInMonth(
  tx: Tx,
  projectId: IdOf<"project">,
  month: Date,
): Promise<RunUse> {
  const [row] = await tx.orm
    .select({ tokens: projectMonths.tokens, cost: projectMonths.cost, ms: projectMonths.ms })
    .from(projectMonths)
    .where(and(eq(projectMonths.projectId, projectId), eq(projectMonths.month, month)))
  return row ?? { tokens: 0, cost: 0, ms: 0 }
}
