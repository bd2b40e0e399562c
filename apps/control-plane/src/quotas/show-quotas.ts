import { type Resource, resources } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { findPlan, sumReservations } from "./queries.ts"
import { limitOf } from "./quota.ts"
import { meteredOf } from "./reserve.ts"

/** The plan, and every one of its limits with what is reserved of it. */
export async function showQuotas(ctx: Ctx) {
  const plan = await findPlan(ctx.db)
  invariant(plan, "every organization has a plan; see ensure-personal-organization.ts")
  const used = new Map((await sumReservations(ctx.db)).map((sum) => [sum.resource, sum.used]))
  const quotas = []
  for (const resource of Object.keys(resources) as Resource[]) {
    quotas.push({
      resource,
      name: resources[resource].name,
      used: (used.get(resource) ?? 0) + (await meteredOf(ctx, resource)),
      limit: limitOf(plan, resource),
    })
  }
  return { plan, quotas }
}
