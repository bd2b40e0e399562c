import { resolve } from "node:path"
import { agentRoles } from "@vibecaas/contract/kinds/agents"
import { silentLog } from "@vibecaas/kernel/log"
import { makeFleet } from "@vibecaas/microvm/fleet"
import { noBrowser } from "../../agents/browser/no-browser.ts"
import { defaultBudgets } from "../../agents/index.ts"
import { testMasterKey } from "../../db/testing/seed.ts"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import { type Kinds, makeKinds } from "../../main/kinds.ts"
import { firstHashKey } from "../../main/master-key/hash-key.ts"
import { makeLiveModels } from "../../models/index.ts"
import { makePlatformVault } from "../../secrets/index.ts"
import { matrixStores } from "../../stores/testing/matrix-backend.ts"
import type { Accounts } from "../auth/make-accounts.ts"
import { candidateModel } from "./matrix-world.ts"
import { plainMachines } from "./plain-machines.ts"

/** Every kind as the server composes them; loops are not run, so no machine is ever started. */
export function allKinds(
  db: TestDatabase,
  { root, accounts }: { root: string; accounts: Pick<Accounts, "kind" | "desk"> },
): Kinds {
  const asking = { masterKey: testMasterKey, fetch }
  // One role has a model that could be asked, so that candidates have something to choose.
  const roles = Object.fromEntries(agentRoles.map((role) => [role, "offline"]))
  const environment = {
    roles: { ...roles, ai_feature: candidateModel },
    settings: { ANTHROPIC_API_KEY: "unused" },
  }
  const vault = makePlatformVault(asking)
  const models = makeLiveModels({ vault, fetch, database: db.database, environment })
  return makeKinds({
    ...{ ...db, log: silentLog, fleet: makeFleet([plainMachines(root)]), models, ...asking },
    ...{ accounts: accounts.kind, desk: accounts.desk },
    ...{ listener: { on: () => {}, onState: () => {} }, server: "test" },
    network: {
      resolve: unused,
      dial: () => {
        throw new Error("nobody connects here")
      },
      own: { domains: ["localhost"], addresses: () => [] },
    },
    hashKey: firstHashKey(testMasterKey),
    limiter: { take: () => ({ allowed: true, resetSeconds: 0 }) },
    budgets: defaultBudgets,
    mcp: { hosts: ["tools.example"], fetch },
    browser: noBrowser("Nobody looks here."),
    places: {
      ...{ repositories: root, snapshots: `${root}/snapshots`, pictures: `${root}/pictures` },
      ...{ layers: `${root}/layers`, layerTrees: `${root}/layers/trees` },
      registry: `${root}/registry`,
      starters: resolve(import.meta.dirname, "../../../../../starters"),
    },
    toolchains: { node: process.version },
    registries: {
      ...{ npm: undefined, pypi: undefined, go: undefined, crates: undefined },
      bytesMax: 1e9,
    },
    stores: matrixStores,
    ...{ publicUrl: "http://localhost:3000", mailer: undefined },
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
