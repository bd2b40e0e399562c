import { type Resource, resources } from "@vibecaas/contract/kinds"
import { planRates } from "@vibecaas/contract/plan-rates"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { findLimits, findPlan, sumReservations } from "./queries.ts"
import { type Limits, limitIn, limitOf } from "./quota.ts"
import { meteredOf } from "./reserve.ts"

/** How much of one limit is used, without taking any. */
export async function usedAndLimit(
  ctx: Ctx,
  resource: Resource,
): Promise<{ used: number; limit: number }> {
  const { used = 0, limit = 0 } =
    (await readLimits(ctx)).lines.find((line) => line.resource === resource) ?? {}
  return { used, limit }
}

/** The plan, and every limit of the organization with what is reserved of it. */
export async function showQuotas(ctx: Ctx) {
  const { plan, lines, rates } = await readLimits(ctx)
  const quotas = lines.map(({ resource, name, used, limit }) => ({ resource, name, used, limit }))
  return {
    plan,
    quotas,
    rates: rates.map(({ resource, name, limit }) => ({ resource, name, limit })),
  }
}

/** Every limit, also as the plan alone has it. */
export async function showLimits(ctx: Ctx) {
  const { lines, rates } = await readLimits(ctx)
  return { quotas: lines, rates }
}

async function readLimits(ctx: Ctx) {
  const plan = await findPlan(ctx.db)
  invariant(plan, "every organization has a plan; see ensure-personal-organization.ts")
  const own = await findLimits(ctx.db)
  const used = new Map((await sumReservations(ctx.db)).map((sum) => [sum.resource, sum.used]))
  const lines = []
  for (const resource of Object.keys(resources) as Resource[]) {
    lines.push({
      resource,
      name: resources[resource].name,
      used: (used.get(resource) ?? 0) + (await meteredOf(ctx, resource)),
      limit: limitIn({ plan, own }, resource),
      planLimit: limitOf(plan, resource),
      own: own.has(resource),
    })
  }
  return { plan, lines, rates: ratesIn({ plan, own }) }
}

const ratesIn = ({ plan, own }: Limits) =>
  Object.entries(planRates).map(([resource, { name, limits }]) => ({
    ...{ resource, name, limit: own.get(resource) ?? limits[plan] },
    ...{ planLimit: limits[plan], own: own.has(resource) },
  }))
