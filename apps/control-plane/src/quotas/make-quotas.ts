import { type quotaRoutes, resources } from "@vibecaas/contract/quotas"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../ctx.ts"
import type { Kind } from "../kind.ts"
import { findPlan, sumReservations } from "./queries.ts"
import { limitOf } from "./quota.ts"

/** Limits of an organization's plan, and what is reserved of them. */
export function makeQuotas(): Kind<typeof quotaRoutes> {
  return {
    handlers: {
      "GET /organizations/{organizationId}/quotas": ({ ctx }) => showQuotas(ctx),
    },
    loops: [],
  }
}

async function showQuotas(ctx: Ctx) {
  const plan = await findPlan(ctx.db)
  invariant(plan, "every organization has a plan; see ensure-personal-organization.ts")
  const used = new Map((await sumReservations(ctx.db)).map((sum) => [sum.resource, sum.used]))
  const quotas = resources.map((resource) => ({
    resource,
    used: used.get(resource) ?? 0,
    limit: limitOf(plan, resource),
  }))
  return { plan, quotas }
}
