import type { Plan } from "@vibecaas/contract/plans"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { lockPlan, updatePlan } from "./queries.ts"

/**
 * Changes the plan. What is already reserved stays, also above the new limits; nothing more fits.
 *
 * @throws Fault `not_found`
 */
export async function setPlan(ctx: Ctx, plan: Plan): Promise<void> {
  const before = await lockPlan(ctx.db)
  if (!before) throw fault("not_found", { say: "There is no such organization." })
  if (before === plan) return
  await updatePlan(ctx.db, plan, ctx.clock.now())
  const details = { from: before, to: plan }
  record(ctx, { action: "plan.change", subject: ctx.organizationId, details })
}
