import type { Key } from "@vibecaas/reconcile/key"
import type { StoreBackend } from "@vibecaas/stores/backend"
import type { EngineSet } from "@vibecaas/stores/engines"
import type { Parts } from "../core/ctx.ts"
import type { Resource } from "../core/resource.ts"
import type { Database } from "../db/tenant.ts"
import type { Vault } from "../secrets/index.ts"
import type { Catalog } from "./catalog.ts"
import type { StoreRow } from "./store.ts"

export interface StoreLimits {
  /** stores that are made at the same time, over all servers */
  atOnce: number
  /** stores that one person may have, over all organizations */
  perPerson: number
}

/** Counts of this process. */
export interface StoreMeters {
  made(engine: string): void
  workEnded(of: { engine: string; work: string; outcome: string; seconds: number }): void
  failed(engine: string, kind: string): void
  corrected(engine: string): void
}

/** What the kind is made with. */
export interface StoresOptions extends Parts {
  database: Database
  engines: EngineSet
  backend: StoreBackend
  vault: Vault
  limits: StoreLimits
  /** the domain below which stores have their hosts */
  domain: string
  /** the address of a host, on the port and protocol by which people reach the dashboard */
  urlOf(host: string): string
  meters: StoreMeters
  /** keys of stores that a turn must look at */
  due: () => Promise<Key[]>
}

export interface StoresParts extends StoresOptions {
  catalog: Catalog
  resource: Resource<StoreRow>
}
