import { type Resource, resources } from "@vibecaas/contract/kinds"
import type { Plan } from "@vibecaas/contract/plans"
import { type Fault, fault } from "@vibecaas/kernel/fault"

/** A reservation: this much of a resource is taken by this subject, until it is released. */
export interface Wanted {
  resource: Resource
  subject: string
  amount: number
}

export const limitOf = (plan: Plan, resource: Resource): number => resources[resource].limits[plan]

export function exceeded(wanted: Wanted, plan: Plan, used: number): Fault {
  const limit = limitOf(plan, wanted.resource)
  const { counted } = resources[wanted.resource]
  return fault("quota_exceeded", {
    say: `The ${plan} plan allows ${limit} ${counted}; ${used} in use, ${wanted.amount} more asked for. Nothing was created. Free some, or let an administrator of this installation change the plan in Settings.`,
    note: `${wanted.resource} ${wanted.subject}`,
  })
}
