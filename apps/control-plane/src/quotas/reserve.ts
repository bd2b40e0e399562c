import type { Resource } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { meteredThisMonth } from "../usage/index.ts"
import { deleteReservations, lockPlan, putReservation } from "./queries.ts"
import { exceeded, limitOf, monthlyMeters } from "./quota.ts"

/**
 * Takes `amount` of a limited resource for `subject`, in the transaction that creates it. The plan's
 * row is locked first, so transactions that would pass the limit together wait for each other.
 * Reserving for the same subject again replaces its amount.
 *
 * What a meter counted of a month is in use as well: such a reservation is for what will be metered.
 *
 * @throws Fault `quota_exceeded` with the limit and what is in use
 */
export async function reserve(
  ctx: Ctx,
  resource: Resource,
  { subject, amount }: { subject: string; amount: number },
): Promise<void> {
  invariant(Number.isSafeInteger(amount) && amount >= 0, `an amount is a whole number: ${amount}`)
  const plan = await lockPlan(ctx.db)
  invariant(plan, "every organization has a plan; see ensure-personal-organization.ts")
  const wanted = { resource, subject, amount }
  const metered = await meteredOf(ctx, resource)
  const { used, taken } = await putReservation(ctx.db, {
    ...wanted,
    organizationId: ctx.organizationId,
    limit: limitOf(plan, resource) - metered,
  })
  if (!taken) throw exceeded(wanted, plan, { used: used + metered, now: ctx.clock.now() })
}

/** What of a month's amount was used in this one. */
export async function meteredOf(ctx: Ctx, resource: Resource): Promise<number> {
  const meters = monthlyMeters(resource)
  return meters.length > 0 ? meteredThisMonth(ctx, meters) : 0
}

/** Gives back what `subject` has of a resource, or of several; harmless when it has nothing. */
export async function release(
  ctx: Ctx,
  resource: Resource | readonly Resource[],
  subject: string,
): Promise<void> {
  await deleteReservations(ctx.db, [resource].flat(), subject)
}
