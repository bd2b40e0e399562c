import { bestEffort } from "@vibecaas/kernel/log"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { StoreSeen } from "@vibecaas/stores/backend"
import { inTurn } from "../core/resource.ts"
import { type Found, worldLoop } from "../core/resource-loop.ts"
import { isOrganizationClosed, isOrganizationGoing } from "../tenants/index.ts"
import { failIn } from "./end-work.ts"
import { forgetExpired } from "./kept-backups.ts"
import { meterStore } from "./meter-store.ts"
import { nextStep, type Step, type World } from "./next-step.ts"
import { admit, placeInQueue } from "./queries/platform.ts"
import { updateStore } from "./queries/stores.ts"
import { findWork, listSteps } from "./queries/works.ts"
import { findOrphans, reapOrphans } from "./reap.ts"
import type { StoreRow } from "./store.ts"
import { holdToDisk } from "./store-use.ts"
import type { StoresParts } from "./stores-parts.ts"
import { takeStep } from "./take-step.ts"
import { isWell, type Seen } from "./work-parts.ts"

/** Brings stores to what their rows ask for. */
export function storeLoop(parts: StoresParts): LoopDefinition {
  return worldLoop<StoreRow, Seen, Step>(parts, {
    of: parts.resource,
    description: "Makes, watches, upgrades, repairs and removes stores",
    concurrency: 12,
    limits: { triesMax: 6 },
    async due() {
      await bestEffort(parts.log, "look for stores that no row claims", async () =>
        reapOrphans(parts, await findOrphans(parts)),
      )
      await bestEffort(parts.log, "forget backups whose time is over", () => forgetExpired(parts))
      return parts.due()
    },
    look: async (row, turn) => {
      const there = await parts.backend.look(row.id)
      const seen = await inTurn(parts, turn, async (ctx) => {
        const work = row.workId ? await findWork(ctx.db, row.workId) : undefined
        const waits = work !== undefined && work.work === "provision" && work.startedAt === null
        // Whoever asks lets those in whose turn it is, itself among them.
        if (waits) await admit(ctx.db, parts.limits.atOnce, ctx.clock.now())
        return {
          closed: await isOrganizationClosed(ctx),
          ownerGoing: row.wanted !== "gone" && (await isOrganizationGoing(ctx)),
          work: work && { row: work, steps: await listSteps(ctx.db, [work.id]) },
          queue: waits ? await placeInQueue(ctx.db, row.id) : undefined,
        }
      })
      return { ...seen, there, world: worldOf(there) }
    },
    next: nextStep,
    take: (step, found) => takeStep(parts, step, found),
    atRest: (found) => atRest(parts, found),
    ending: (_, row) => row.wanted === "gone",
    async fail(ctx, row, { cause, error, turn }) {
      // What runs is not failed because its backend does not answer: it is looked at again.
      const work = row.workId && (await findWork(ctx.db, row.workId))
      if (!work) return
      const stuck = cause === "stuck" ? ({ stuck: true } as const) : {}
      const evidence = { step: "prepare", error } as const
      await failIn(ctx, { parts, turn, row, work }, { step: row.step, evidence, ...stuck })
    },
  })
}

export function worldOf(there: StoreSeen): World {
  const states = there.processes.map(({ state }) => state)
  return {
    exists: there.exists,
    well: isWell(there),
    up: states.some((state) => state !== "absent" && state !== "ended"),
    starting: states.includes("starting"),
    waiting: states.includes("waiting"),
    resting: there.drift.length === 0 && states.length > 0 && states.every(isAbsent),
    ended: states.includes("ended"),
    drift: there.drift,
  }
}

const isAbsent = (state: string) => state === "absent"

const meterEveryMs = 60_000

async function atRest(parts: StoresParts, { turn, row, seen }: Found<StoreRow, Seen>) {
  if (row.state !== "ready" || row.workId !== null || !seen.world.well) return
  const sinceMs = parts.clock.now().getTime() - (row.meteredUntil?.getTime() ?? 0)
  if (sinceMs < meterEveryMs && row.isolation === seen.there.isolation) return
  await inTurn(parts, turn, async (ctx) => {
    await meterStore(ctx, row)
    if (row.isolation !== seen.there.isolation)
      await updateStore(ctx.db, row.id, { isolation: seen.there.isolation })
  })
  await holdToDisk(parts, turn, row)
}
