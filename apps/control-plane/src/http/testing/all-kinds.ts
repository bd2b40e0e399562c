import { resolve } from "node:path"
import { silentLog } from "@vibecaas/kernel/log"
import { makeFleet } from "@vibecaas/microvm/fleet"
import type { VmHost } from "@vibecaas/microvm/host"
import { noBrowser } from "../../agents/browser/no-browser.ts"
import { defaultBudgets } from "../../agents/index.ts"
import type { Kind } from "../../core/kind.ts"
import { testMasterKey } from "../../db/testing/seed.ts"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import { type Kinds, makeKinds } from "../../main/kinds.ts"
import { makeLiveModels } from "../../models/index.ts"

/** Every kind as the server composes them; loops are not run, so no machine is ever started. */
export function allKinds(
  db: TestDatabase,
  { root, accounts }: { root: string; accounts: Kind<"accounts"> },
): Kinds {
  const asking = { masterKey: testMasterKey, fetch }
  const environment = { roles: {}, settings: {} }
  const models = makeLiveModels({ ...asking, database: db.database, environment })
  return makeKinds({
    ...{ ...db, log: silentLog, fleet: makeFleet([noMachines]), models, accounts, ...asking },
    ...{ listener: { on: () => {} }, server: "test" },
    budgets: defaultBudgets,
    mcp: { hosts: ["tools.example"], fetch },
    browser: noBrowser("Nobody looks here."),
    places: {
      ...{ repositories: root, snapshots: `${root}/snapshots`, pictures: `${root}/pictures` },
      ...{ layers: `${root}/layers`, layerTrees: `${root}/layers/trees` },
      registry: `${root}/registry`,
      starters: resolve(import.meta.dirname, "../../../../../starters"),
    },
    registries: { npm: undefined, pypi: undefined, bytesMax: 1e9 },
    previewUrl: (slug) => `http://${slug}.preview.localhost:3000`,
    due: async () => [],
    platform: {
      config: { signup: "open", baseDomain: "localhost" },
      version: "0.0.0",
      isolation: () => ({ label: "none", weak: false, reaches: [] }),
      simulated: () => [],
      loops: { status: () => [], backlog: async () => [] },
    },
  })
}

const unused = async (): Promise<never> => {
  throw new Error("no loop runs here, so nobody asks for a machine")
}
const noMachines: VmHost = {
  id: "none",
  probe: unused,
  boot: unused,
  find: async () => undefined,
  list: async () => [],
  destroy: unused,
  deleteData: unused,
}
