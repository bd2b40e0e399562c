import { planRates, type RateName } from "@vibecaas/contract/plan-rates"
import { type Plan, plans } from "@vibecaas/contract/plans"
import type { Clock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import { LRUCache } from "lru-cache"
import type { Database } from "../db/tenant.ts"
import type { RateLimit } from "./rate-limit.ts"

/** What limits an organization's calls: its plan, and limits that administrators gave it in place of the plan's. */
export interface OrganizationRates {
  plan: Plan
  own: Partial<Record<RateName, number>>
}

/** @returns one for each organization, in their order */
export type FindRates = (organizationIds: readonly string[]) => Promise<OrganizationRates[]>

/** How long a replica goes by what it read, in `ms`: so late, at most, does a change of the plan count. */
const rememberMs = 10_000
const rememberedMax = 20_000

/** An organization that is not there yet, or not to be read now, has what the smallest plan has. */
export const smallestRates: OrganizationRates = { plan: plans[0], own: {} }

export function makeFindRates(parts: { database: Database; clock: Clock; log: Log }): FindRates {
  const { database, clock, log } = parts
  const remembered = new LRUCache<string, OrganizationRates>({
    max: rememberedMax,
    ttl: rememberMs,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  })
  return async (ids) => {
    const missing = ids.filter((id) => !remembered.has(id))
    if (missing.length > 0) {
      const rows = await bestEffort(log, "read how often organizations may call", () =>
        readRates(database, missing),
      )
      for (const { organizationId, plan, own } of rows ?? [])
        remembered.set(organizationId, { plan, own })
    }
    return ids.map((id) => remembered.get(id) ?? smallestRates)
  }
}

type RatesRow = OrganizationRates & { organizationId: string }

function readRates(database: Database, ids: readonly string[]): Promise<RatesRow[]> {
  const text = `select organization_id as "organizationId", plan, own from rates_of($1, $2)`
  const values = [ids, Object.keys(planRates)]
  return database.asPlatform((tx) => tx.query<RatesRow>({ name: "rates_of", text }, values))
}

/** @param set what the installation's settings have in place of every plan's */
export function rateIn(
  { plan, own }: OrganizationRates,
  name: RateName,
  set: RateLimit | undefined,
): RateLimit {
  const max = own[name]
  if (max !== undefined) return { max, windowSeconds: 60 }
  return set ?? { max: planRates[name].limits[plan], windowSeconds: 60 }
}
