import type { Store } from "@vibecaas/contract/store"
import { systemClock } from "@vibecaas/kernel/clock"
import type { Backup } from "@vibecaas/stores/backend"
import { makeEngines } from "@vibecaas/stores/engines"
import { makeMemoryBackend } from "./memory-backend.ts"
import { noMeters } from "./parts-on.ts"
import { toyEngine } from "./toy-engine.ts"

const backup: Backup = {
  ...{ storeId: `sto_${"9".repeat(26)}`, backupId: "any", engine: "toy", version: "1.0.0" },
  ...{ madeAt: "2026-03-02T10:00:00.000Z", bytes: 2, files: [], tool: "memory" },
}

/** A backup as the memory backend packs one. */
export const archive = JSON.stringify({ made: backup, orders: [] })

const memory = makeMemoryBackend(systemClock)

/** Where the matrix's stores run: none is made by a loop, so a fixture puts those there that have to answer. */
export const matrixBackend = {
  putBackup(backupId: string) {
    const made = { ...backup, backupId }
    memory.backups.set(backupId, { made, orders: [] })
  },
  put({ id, engine, version, name, values, plan, url, adminUrl }: Store) {
    const release = {
      storeId: id,
      engine,
      version,
      name,
      values,
      plan,
      secrets: {},
      url,
      verbose: false,
    }
    memory.stores.set(id, {
      release: { ...release, adminUrl: adminUrl ?? url },
      ...{ process: "listening", orders: [], hooks: [] },
    })
  },
}

/** What the kind is made with where no loop runs. */
export const matrixStores = {
  engines: makeEngines([toyEngine]),
  backend: memory.backend,
  limits: { atOnce: 5, perPerson: 1_000_000 },
  domain: "stores.localhost",
  urlOf: (host: string) => `http://${host}:3000`,
  meters: noMeters,
}
