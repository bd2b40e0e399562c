import type { Store, StoreBackup, StoreEngine } from "@vibecaas/contract/store"
import { at, id } from "./numbered.ts"

/** A store that is ready, but for what is given. */
export const store = (given: Partial<Store> = {}): Store => ({
  ...{ id: id("sto", 1), organizationId: id("org", 1), name: "Tulips", engine: "simulator" },
  ...{ version: "1.0.0", plan: "basic", state: "ready", simulated: true },
  url: "http://tulips.stores.localhost:3000",
  adminUrl: "http://tulips-admin.stores.localhost:3000",
  ...{ isolation: "Process: bubblewrap", work: null, failure: null, stuck: false, leftovers: [] },
  lastOrder: { at, ok: true, say: "Order o1 was placed, found and cancelled" },
  ...{
    lastDrill: null,
    drillEveryDays: null,
    values: {},
    ...{ upgrades: ["2.0.0"], upgradesBeside: [] },
    backupEveryHours: null,
    createdBy: "Mara",
  },
  ...{ createdAt: at, readyAt: at, updatedAt: at, changes: 3 },
  ...given,
})

/** A whole backup of it that somebody asked for. */
export const storeBackup = (given: Partial<StoreBackup> = {}): StoreBackup => ({
  ...{ id: id("sbk", 1), storeId: id("sto", 1), storeName: "Tulips", engine: "simulator" },
  ...{ reason: "asked", state: "kept", version: "1.0.0", bytes: 20_480, checksum: "0".repeat(64) },
  ...{ createdBy: "Mara", createdAt: at, keptUntil: null },
  ...given,
})

const plan = (name: "basic" | "standard" | "premium", memoryMib: number) => ({
  ...{ plan: name, memoryMib, cpus: 1, diskMib: 1024, price: 9_000_000 },
})

export const engine = (given: Partial<StoreEngine> = {}): StoreEngine => ({
  ...{ name: "simulator", title: "Simulated shop", about: "For trying out.", simulated: true },
  versions: [{ version: "1.0.0", installed: true, command: null, lacks: null }],
  plans: [plan("basic", 128), plan("standard", 256), plan("premium", 512)],
  values: {
    type: "object",
    properties: {
      currency: { type: "string", enum: ["EUR", "USD"], default: "EUR" },
      sampleData: { type: "boolean", default: true, fixed: "Counts when the shop is made." },
      countries: { type: "string", default: "DE", fixed: "Change it in the shop’s admin." },
    },
  },
  isolation: "Process: bubblewrap",
  ...given,
})

export const notInstalled = engine({
  ...{ name: "medusa", title: "Medusa", simulated: false, about: "A shop in Node." },
  versions: [
    {
      ...{ version: "2.21.2", installed: false, lacks: null },
      command: "bin/engines install medusa@2.21.2",
    },
  ],
})
