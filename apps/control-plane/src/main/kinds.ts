import type { LoopName } from "@vibecaas/contract/kinds"
import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Fleet } from "@vibecaas/microvm/fleet"
import type { Listener } from "@vibecaas/reconcile/listen"
import {
  type AgentMeters,
  type Browser,
  type Budgets,
  makeAgents,
  makePictures,
} from "../agents/index.ts"
import { makeApps, makeSnapshots } from "../apps/index.ts"
import { makeAudit } from "../audit/index.ts"
import type { Parts } from "../core/ctx.ts"
import type { AllKinds, Kind } from "../core/kind.ts"
import type { Owned } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import type { HostResolver, SiteAccess } from "../gateway/index.ts"
import { makeMachines } from "../machines/index.ts"
import { makeMcp } from "../mcp/index.ts"
import { type LiveModels, makeModelsKind } from "../models/index.ts"
import { makePackagesKind, type Packages } from "../packages/index.ts"
import {
  makeGit,
  makeProjects,
  makeRepositories,
  makeSaving,
  type Repositories,
} from "../projects/index.ts"
import { makeQuotas } from "../quotas/index.ts"
import { makeCatalogue, makeStarters } from "../starters/index.ts"
import { makeTenants } from "../tenants/index.ts"
import { makeUsage } from "../usage/index.ts"
import { packageSources } from "./packages.ts"
import type { Places } from "./places.ts"
import { makePlatform, type PlatformParts } from "./platform-kind.ts"
import type { Registries } from "./registry-settings.ts"

export interface KindsParts extends Parts {
  database: Database
  /** not yet started */
  listener: Pick<Listener, "on">
  fleet: Fleet
  models: LiveModels
  masterKey: MasterKey
  /** how providers of models are asked */
  fetch: typeof fetch
  budgets: Budgets
  meters?: AgentMeters
  /** made where sessions are, since its calls make and end them */
  accounts: Kind<"accounts">
  places: Pick<
    Places,
    "repositories" | "snapshots" | "pictures" | "layers" | "layerTrees" | "registry" | "starters"
  >
  registries: Registries
  browser: Browser
  /** hosts of MCP servers that people may connect, and how they are asked */
  mcp: { hosts: readonly string[]; fetch: typeof fetch }
  /** names this process among the servers of one database */
  server: string
  platform: PlatformParts
  previewUrl(slug: string): string
  /** rows that a loop must look at */
  due(loop: LoopName): Promise<Owned[]>
}

/** Every kind, composed, and what the rest of the server needs of them. */
export interface Kinds {
  all: AllKinds
  /** what the gateway asks the kinds: which site a host has, and who may look */
  sites: { resolvers: readonly HostResolver[]; access: SiteAccess }
  repositories: Repositories
  packages: Packages
  close(): Promise<void>
}

/**
 * Makes every kind, for the server and for the tests that walk all of them.
 *
 * To add one: its line in `all`; without it, or without one of its handlers, nothing compiles.
 */
export function makeKinds(parts: KindsParts): Kinds {
  const { accounts, places, registries, fleet, models, budgets, browser, ...others } = parts
  const { previewUrl, due, platform, server, mcp, ...foundations } = others
  const repositories = repositoriesOf(parts)
  const shared = { ...foundations, repositories, saving: makeSaving(), previewUrl }
  const machines = makeMachines({ ...foundations, fleet })
  const snapshots = makeSnapshots({ root: places.snapshots, clock: parts.clock })
  const catalogue = makeCatalogue(places.starters)
  const packages = makePackagesKind({ ...shared, fleet, ...packageSources({ ...parts, places }) })
  const live = { packages: packages.packages, live: machines.live }
  const apps = makeApps({ ...shared, ...live, snapshots, server })
  const tools = makeMcp({ ...foundations, ...mcp, due: () => due("mcp-servers") })
  const all = {
    platform: makePlatform(platform),
    accounts,
    audit: makeAudit(),
    usage: makeUsage(),
    tenants: makeTenants(foundations),
    quotas: makeQuotas(foundations),
    projects: makeProjects({ ...shared, due: () => due("projects") }),
    starters: makeStarters({ catalogue, repositories }),
    mcp: tools.kind,
    machines: machines.kind,
    packages: packages.kind,
    apps: apps.kind,
    agents: makeAgents({
      ...shared,
      machines: apps.sessions,
      starters: catalogue,
      mcp: tools.tools,
      browser,
      pictures: makePictures({ ...parts, root: places.pictures }),
      ...{ models, budgets, ...(parts.meters ? { meters: parts.meters } : {}) },
      tasksAtOnce: 6,
      watchEveryMs: 10_000,
      due: dueOfAgents(due),
    }),
    models: makeModelsKind(parts),
  } satisfies AllKinds
  const sites = { resolvers: apps.sites, access: apps.access }
  const close = async () => {
    await apps.close()
    packages.close()
    machines.close()
  }
  return { all, sites, repositories, packages: packages.packages, close }
}

const repositoriesOf = ({ places, newId, clock }: KindsParts) =>
  makeRepositories({
    root: places.repositories,
    git: makeGit("git"),
    newId,
    now: () => clock.now(),
  })

const dueOfAgents = (due: KindsParts["due"]) => ({
  runs: () => due("runs"),
  tasks: () => due("tasks"),
  comparisons: () => due("comparisons"),
})
