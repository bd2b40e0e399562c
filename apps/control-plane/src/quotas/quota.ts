import type { QuotaDeclaration } from "@vibecaas/contract/kind"
import { type Meter, meters, type Resource, resources } from "@vibecaas/contract/kinds"
import { moneyOf } from "@vibecaas/contract/money"
import type { Plan } from "@vibecaas/contract/plans"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import { dayInWords, monthAfter } from "../core/month.ts"

/** A reservation: this much of a resource is taken by this subject, until it is released. */
export interface Wanted {
  resource: Resource
  subject: string
  amount: number
}

/** What a plan allows of a resource. */
export const limitOf = (plan: Plan, resource: Resource): number => resources[resource].limits[plan]

/** What limits an organization: its plan, and limits of its own in place of some of the plan's. */
export interface Limits {
  plan: Plan
  own: ReadonlyMap<string, number>
}

export const limitIn = ({ plan, own }: Limits, resource: Resource): number =>
  own.get(resource) ?? limitOf(plan, resource)

/** The meters that count what a month has of the resource; none when things are counted. */
export function monthlyMeters(resource: Resource): readonly Meter[] {
  const declared: QuotaDeclaration = resources[resource]
  return (declared.monthly ?? []) as Meter[] // the contract's own test holds them to be meters
}

/** "$50.00", "6,000 minutes" or "100,000,000 tokens" */
function inWords(meter: Meter, amount: number): string {
  const { unit } = meters[meter]
  if (unit === "microdollars") return moneyOf(amount)
  if (unit !== "milliseconds") return `${amount.toLocaleString("en")} ${unit}`
  return `${Math.floor(amount / 60_000).toLocaleString("en")} minutes`
}

/** @param now for the day on which a month's amount begins anew */
export function exceeded(wanted: Wanted, limits: Limits, so: { used: number; now: Date }): Fault {
  const { used, now } = so
  const [meter] = monthlyMeters(wanted.resource)
  const limit = limitIn(limits, wanted.resource)
  const who = limits.own.has(wanted.resource)
    ? "This organization’s own limit"
    : `The ${limits.plan} plan`
  const { counted } = resources[wanted.resource]
  if (meter) {
    const anew = dayInWords(monthAfter(now))
    return fault("quota_exceeded", {
      say: `${who} allows ${inWords(meter, limit)} ${counted}; ${inWords(meter, used)} are used or set aside. It begins anew on ${anew}; until then an administrator of this installation can change the plan in Settings.`,
    })
  }
  return fault("quota_exceeded", {
    say: `${who} allows ${limit} ${counted}; ${used} in use, ${wanted.amount} more asked for. Nothing was created. Free some, or let an administrator of this installation change the plan in Settings.`,
    note: `${wanted.resource} ${wanted.subject}`,
  })
}
