import type { Resource } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { meteredThisMonth } from "../usage/index.ts"
import { deleteReservations, findLimits, lockPlan, putReservation } from "./queries.ts"
import { exceeded, type Limits, limitIn, monthlyMeters, type Wanted } from "./quota.ts"

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
  await reserveAll(ctx, subject, [[resource, amount]])
}

/** Takes of several resources as `reserve` does of one, in their order. */
export async function reserveAll(
  ctx: Ctx,
  subject: string,
  amounts: readonly (readonly [Resource, number])[],
): Promise<void> {
  const plan = await lockPlan(ctx.db)
  invariant(plan, "every organization has a plan; see ensure-personal-organization.ts")
  const limits = { plan, own: await findLimits(ctx.db) }
  for (const [resource, amount] of amounts) await take(ctx, limits, { resource, subject, amount })
}

async function take(ctx: Ctx, limits: Limits, wanted: Wanted): Promise<void> {
  const { resource, amount } = wanted
  invariant(Number.isSafeInteger(amount) && amount >= 0, `an amount is a whole number: ${amount}`)
  const metered = await meteredOf(ctx, resource)
  const { used, taken } = await putReservation(ctx.db, {
    ...wanted,
    organizationId: ctx.organizationId,
    limit: limitIn(limits, resource) - metered,
  })
  if (!taken) throw exceeded(wanted, limits, { used: used + metered, now: ctx.clock.now() })
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
