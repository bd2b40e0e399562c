import { type Resource, resources } from "@vibecaas/contract/kinds"
import type { StorePreflight } from "@vibecaas/contract/store"
import { type StorePlan, warnsFrom } from "@vibecaas/contract/store-plans"
import type { Ctx } from "../core/ctx.ts"
import { usedAndLimit } from "../quotas/index.ts"
import { countOfPerson } from "./queries/platform.ts"
import { memoryOf } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"

/** How many stores somebody has and may have, and their organization. */
export async function usageOf(ctx: Ctx, { limits }: StoresParts, personId: string) {
  const mine = await countOfPerson(ctx.db, personId, false)
  const organization = await usedAndLimit(ctx, "stores")
  return { mine: { used: mine, limit: limits.perPerson }, organization }
}

/** Whether a store of a plan fits, line by line; nothing is taken. */
export async function preflight(
  ctx: Ctx,
  parts: StoresParts,
  of: { engine: string; plan: StorePlan; personId: string },
): Promise<StorePreflight> {
  const engine = parts.engines.find(of.engine)
  const { mine } = await usageOf(ctx, parts, of.personId)
  const line = (name: string, of: { line: string; used: number; limit: number; asked: number }) => {
    const after = of.used + of.asked
    return { ...of, name, fits: after <= of.limit, warns: after >= of.limit * warnsFrom }
  }
  const quota = async (resource: Resource, asked: number) =>
    line(resources[resource].name, {
      ...(await usedAndLimit(ctx, resource)),
      ...{ line: resource, asked },
    })
  const lines = [
    line("Your stores", { ...mine, line: "stores_of_person", asked: 1 }),
    await quota("stores", 1),
    await quota("store_memory_mib", memoryOf(engine, of.plan)),
  ]
  return { fits: lines.every(({ fits }) => fits), lines }
}
