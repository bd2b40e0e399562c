import type { StoreUse } from "@vibecaas/contract/store"
import { fault } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { inTurn } from "../core/resource.ts"
import { failureOf } from "./failure-of.ts"
import { needStore } from "./need-store.ts"
import { updateStore } from "./queries/stores.ts"
import { releaseOf } from "./release-of.ts"
import type { StoreId, StoreRow } from "./store.ts"
import { note } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

/** What a store uses of what its plan gives it. @throws Fault `not_found` */
export async function readUse(ctx: Ctx, parts: StoresParts, id: StoreId): Promise<StoreUse> {
  return useOf(parts, await needStore(ctx, id))
}

async function useOf({ backend, engines }: StoresParts, row: StoreRow): Promise<StoreUse> {
  const { memoryMiB, diskMiB } = engines.find(row.engine).limits(row.plan)
  const { processes, datastore, filesMiB } = await backend.look(row.id, { usage: true })
  return {
    memory: { used: sumOf(processes.map((each) => each.memoryMiB)), limit: memoryMiB },
    disk: { used: sumOf([filesMiB, datastore.mib]), limit: diskMiB },
  }
}

function sumOf(parts: readonly (number | undefined)[]): number | null {
  const known = parts.filter((part) => part !== undefined)
  return known.length > 0 ? known.reduce((sum, part) => sum + part, 0) : null
}

/** Stops a store that has more on the disk than its plan allows: what it keeps stays, and grows no further. */
export async function holdToDisk(parts: StoresParts, turn: Turn, row: StoreRow): Promise<void> {
  const { disk } = await useOf(parts, row)
  if (disk.used === null || disk.used <= disk.limit) return
  const release = await inTurn(parts, turn, (ctx) =>
    releaseOf(ctx, parts, { row, version: row.version, verbose: false }),
  )
  await parts.backend.ensure(release, "stopped")
  const say = `The store holds ${Math.ceil(disk.used)} MiB, and its plan gives it ${disk.limit} MiB: it was stopped before it took more.`
  const evidence = { step: "start", error: fault("disk_full", { say }) } as const
  const at = parts.clock.now()
  const failure = failureOf({ step: null, evidence }, { work: "start", at })
  parts.meters.failed(row.engine, failure.kind)
  await inTurn(parts, turn, async (ctx) => {
    const set = { state: "failed", failure, meteredUntil: null, updatedAt: at } as const
    await updateStore(ctx.db, row.id, set)
    await note(ctx, { id: row.id, state: "failed" }, `Failed: ${failure.say}`)
    parts.resource.tell(ctx, row)
  })
}
