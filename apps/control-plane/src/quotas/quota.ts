import { type Plan, planLimits, type Resource } from "@vibecaas/contract/kinds/quotas"
import { type Fault, fault } from "@vibecaas/kernel/fault"

/** A reservation: this much of a resource is taken by this subject, until it is released. */
export interface Wanted {
  resource: Resource
  subject: string
  amount: number
}

export const limitOf = (plan: Plan, resource: Resource): number => planLimits[plan][resource]

const nouns: Record<Resource, string> = {
  projects: "projects",
  microvms: "machines",
  microvm_memory_mib: "MiB of machine memory",
  concurrent_runs: "runs at the same time",
}

export function exceeded(wanted: Wanted, plan: Plan, used: number): Fault {
  const limit = limitOf(plan, wanted.resource)
  const noun = nouns[wanted.resource]
  return fault("quota_exceeded", {
    say: `The ${plan} plan allows ${limit} ${noun}; ${used} in use, ${wanted.amount} more asked for. Nothing was created. Free some, or let an administrator of this installation change the plan in Settings.`,
    note: `${wanted.resource} ${wanted.subject}`,
  })
}
