import { bestEffort } from "@vibecaas/kernel/log"
import type { Kind } from "../core/kind.ts"
import { actAsPlatform } from "../core/resource.ts"
import { placeOf } from "../db/named-functions.ts"
import { makeCatalog } from "./catalog.ts"
import { countByState } from "./queries/platform.ts"
import { storeLoop } from "./reconcile-store.ts"
import { storeHandlers } from "./routes.ts"
import { makeStoreResource } from "./store-resource.ts"
import { makeStoreSites, type StoreSites } from "./store-sites.ts"
import type { StoresOptions, StoresParts } from "./stores-parts.ts"

export interface Stores {
  kind: Kind<"stores">
  sites: StoreSites
  /** how many stores are in which state, by engine, over all organizations */
  count(): Promise<{ engine: string; state: string; count: number }[]>
  /** stops listening to the backend; the stores go on */
  close(): void
}

export function makeStores(options: StoresOptions): Stores {
  const catalog = makeCatalog(options)
  const parts: StoresParts = { ...options, catalog, resource: makeStoreResource(catalog) }
  // A signal and never the truth: the loop looks for itself.
  const close = parts.backend.hear((id) => {
    void bestEffort(parts.log, "wake a store's loop", async () => {
      const place = await placeOf(parts.database, "store", id)
      if (place) await actAsPlatform(parts, place, async (ctx) => ctx.wake("stores", id))
    })
  })
  return {
    kind: { handlers: storeHandlers(parts), loops: [storeLoop(parts)] },
    sites: makeStoreSites(parts),
    count: () => parts.database.asPlatform(countByState),
    close,
  }
}
