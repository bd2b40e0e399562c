import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import type { Ref } from "../core/holds.ts"
import type { Resource } from "../core/resource.ts"
import type { Catalog } from "./catalog.ts"
import { insertEvent, lastDrills, lastOrders } from "./queries/history.ts"
import { findStore } from "./queries/stores.ts"
import { lastWorks, listSteps } from "./queries/works.ts"
import { type StoreId, type StoreRow, showStore } from "./store.ts"

/** What stores hang on: their organization. */
export const ownerOf = (ctx: Ctx): Ref => ({ loop: "organizations", id: ctx.organizationId })

export function makeStoreResource(catalog: Catalog): Resource<StoreRow> {
  return {
    noun: "store",
    loop: "stores",
    find: (ctx, id) => findStore(ctx.db, id),
    about: async (_, { name }) => name,
    tell: (ctx, { id }) =>
      changed(ctx, `store/${id}`, async () => {
        const row = await findStore(ctx.db, id)
        const about = {}
        if (!row) return emit(ctx, { kind: "store.deleted", about, id, data: { id } })
        const [data] = await showAll(ctx, catalog, [row])
        emit(ctx, { kind: "store.changed", about, id, data })
      }),
  }
}

/** Stores as the API shows them, with what is done to each. */
export async function showAll(ctx: Ctx, catalog: Catalog, rows: readonly StoreRow[]) {
  const ids = rows.map(({ id }) => id)
  const works = ids.length === 0 ? [] : await lastWorks(ctx.db, ids)
  const workIds = works.map(({ id }) => id)
  const steps = workIds.length === 0 ? [] : await listSteps(ctx.db, workIds)
  const orders = ids.length === 0 ? [] : await lastOrders(ctx.db, ids)
  const drills = ids.length === 0 ? [] : await lastDrills(ctx.db, ids)
  return rows.map((row) => {
    const work = works.find(({ storeId }) => storeId === row.id)
    const upgrades = catalog.upgradesOf(row.engine, row.version)
    return showStore(row, {
      work: work && { row: work, steps: steps.filter(({ workId }) => workId === work.id) },
      order: orders.find(({ storeId }) => storeId === row.id),
      drill: drills.find(({ storeId }) => storeId === row.id),
      upgrades,
      upgradesBeside: catalog.besideOf(row.engine, row.version, upgrades),
    })
  })
}

/** Writes down what happened to a store, for whoever reads its activity. */
export async function note(
  ctx: Ctx,
  { id, state }: { id: StoreId; state: StoreRow["state"] },
  say: string,
): Promise<void> {
  await insertEvent(ctx.db, {
    ...{ organizationId: ctx.organizationId, storeId: id, state, say },
    ...{ at: ctx.clock.now(), byName: ctx.actor.name },
  })
}
