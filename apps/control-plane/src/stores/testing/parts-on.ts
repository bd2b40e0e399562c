import { silentLog } from "@vibecaas/kernel/log"
import type { StoreBackend } from "@vibecaas/stores/backend"
import type { EngineSet } from "@vibecaas/stores/engines"
import type { Pool } from "pg"
import { testMasterKey } from "../../db/testing/seed.ts"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import { makeVault } from "../../secrets/vault.ts"
import { makeCatalog } from "../catalog.ts"
import { makeStoreResource } from "../store-resource.ts"
import type { StoreMeters, StoresParts } from "../stores-parts.ts"

export const noMeters: StoreMeters = {
  made: () => {},
  workEnded: () => {},
  failed: () => {},
  corrected: () => {},
}

type PartsDatabase = Pick<TestDatabase, "database" | "scope" | "clock" | "newId"> & {
  adminPool: Pick<Pool, "query">
}

/** What the kind is made with, on a database of tests. */
export function storesPartsOn(
  db: PartsDatabase,
  of: { engines: EngineSet; backend: StoreBackend; atOnce?: number },
): StoresParts {
  const { engines, backend, atOnce = 5 } = of
  const catalog = makeCatalog({ engines, backend, clock: db.clock })
  return {
    ...{ database: db.database, scope: db.scope, clock: db.clock, newId: db.newId },
    ...{ log: silentLog, engines, backend, catalog, meters: noMeters },
    vault: makeVault({ masterKey: testMasterKey }),
    limits: { atOnce, perPerson: 50 },
    domain: "stores.localhost",
    urlOf: (host) => `http://${host}:3000`,
    resource: makeStoreResource(catalog),
    due: async () => {
      const { rows } = await db.adminPool.query("select * from due_objects('stores')")
      return rows.map((row) => ({ organizationId: row.organization_id, id: row.id }))
    },
  }
}
