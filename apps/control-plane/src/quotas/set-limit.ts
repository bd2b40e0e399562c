import { resources } from "@vibecaas/contract/kinds"
import { planRates } from "@vibecaas/contract/plan-rates"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { findLimits, lockPlan, putLimit } from "./queries.ts"

/**
 * Gives the transaction's organization a limit of its own, whatever its plan allows; null takes it away. What is
 * reserved already stays, also above it.
 *
 * @throws Fault `invalid` for what is not limited, `not_found`
 */
export async function setLimit(
  ctx: Ctx,
  { resource, limit }: { resource: string; limit: number | null },
): Promise<void> {
  const name = nameOf(resource, limit)
  const plan = await lockPlan(ctx.db)
  if (!plan) throw fault("not_found", { say: "There is no such organization." })
  const before = (await findLimits(ctx.db)).get(resource) ?? null
  if (before === limit) return
  await putLimit(ctx.db, { organizationId: ctx.organizationId, resource, amount: limit })
  const details = { about: name, resource, from: before, to: limit }
  record(ctx, { action: "limit.change", subject: ctx.organizationId, details })
}

/** What is limited, in words. */
function nameOf(resource: string, limit: number | null): string {
  const named: Record<string, { name: string }> = { ...resources, ...planRates }
  const found = Object.hasOwn(named, resource) ? named[resource] : undefined
  if (!found) {
    const say = `There is no limit of that name. There are: ${Object.keys(named).join(", ")}.`
    throw fault("invalid", { say, fields: { "/resource": say } })
  }
  if (limit === 0 && Object.hasOwn(planRates, resource)) {
    const say = "Use 1 or more. To shut an organization out, disable it."
    throw fault("invalid", { say, fields: { "/limit": say } })
  }
  return found.name
}
