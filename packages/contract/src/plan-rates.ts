import type { Plan } from "./plans.ts"

export interface PlanRate {
  /** heads a line of the usage page */
  name: string
  limits: Readonly<Record<Plan, number>>
}

/** How often a plan lets an organization call, in any minute. */
export const planRates = {
  requests_a_minute: {
    name: "Requests a minute",
    limits: { starter: 1000, pro: 3000, team: 10_000 },
  },
  starts_a_minute: {
    name: "Starts of machines, agents and stores a minute, for each person",
    limits: { starter: 10, pro: 30, team: 60 },
  },
} as const satisfies Record<string, PlanRate>

export type RateName = keyof typeof planRates
