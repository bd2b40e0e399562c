import type { LoopName } from "@vibecaas/contract/kinds"
import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Fleet } from "@vibecaas/microvm/fleet"
import type { Toolchains } from "@vibecaas/microvm/toolchains"
import type { Listener } from "@vibecaas/reconcile/listen"
import { type AccountDesk, makeAdministration } from "../administration/index.ts"
import {
  type AgentMeters,
  type Browser,
  type Budgets,
  makeAgents,
  makeAppModels,
  makePictures,
  projectMonth,
} from "../agents/index.ts"
import { type AiOptions, makeAi } from "../ai/index.ts"
import { makeApps, makeSnapshots } from "../apps/index.ts"
import { makeAudit } from "../audit/index.ts"
import type { Parts } from "../core/ctx.ts"
import type { AllKinds, Kind } from "../core/kind.ts"
import type { Limiter } from "../core/limiter.ts"
import type { Owned } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import { makeDevices } from "../devices/index.ts"
import type { HostResolver, SiteAccess } from "../gateway/index.ts"
import { type KeyUse, makeKeys } from "../keys/index.ts"
import { type LiveMachine, makeMachines } from "../machines/index.ts"
import { type Mailer, makeMail } from "../mails/index.ts"
import { makeMcp } from "../mcp/index.ts"
import { type LiveModels, makeModelsKind } from "../models/index.ts"
import { makeMoves } from "../moves/index.ts"
import { makeNetwork, type NetworkOptions } from "../network/index.ts"
import { makePackagesKind, type Packages } from "../packages/index.ts"
import { makePeople } from "../people/index.ts"
import {
  makeGit,
  makeProjects,
  makeRepositories,
  makeSaving,
  type Repositories,
} from "../projects/index.ts"
import { makeQuotas } from "../quotas/index.ts"
import { makePlatformVault, makeSecrets, makeVault } from "../secrets/index.ts"
import { makeCatalogue, makeStarters } from "../starters/index.ts"
import { makeStores, type Stores } from "../stores/index.ts"
import { makeTenants } from "../tenants/index.ts"
import { makeUsage } from "../usage/index.ts"
import { packageSources } from "./packages.ts"
import type { Places } from "./places.ts"
import { makePlatform, type PlatformParts } from "./platform-kind.ts"
import type { Registries } from "./registry-settings.ts"

export interface KindsParts extends Parts {
  database: Database
  /** not yet started */
  listener: Pick<Listener, "on" | "onState">
  /** counts what apps ask models */
  limiter: Limiter
  fleet: Fleet
  models: LiveModels
  masterKey: MasterKey
  /** by which secrets of API keys are hashed */
  hashKey: Uint8Array
  /** how providers of models are asked */
  fetch: typeof fetch
  budgets: Budgets
  meters?: AgentMeters
  /** made where sessions are, since its calls make and end them */
  accounts: Kind<"accounts">
  /** what administrators do with people's accounts; made there, too */
  desk: AccountDesk
  places: Pick<
    Places,
    "repositories" | "snapshots" | "pictures" | "layers" | "layerTrees" | "registry" | "starters"
  >
  registries: Registries
  /** languages that machines can run */
  toolchains: Toolchains
  browser: Browser
  /** hosts of MCP servers that people may connect, and how they are asked */
  mcp: { hosts: readonly string[]; fetch: typeof fetch }
  /** how apps reach domains that people allow */
  network: Pick<NetworkOptions, "resolve" | "dial" | "own">
  /** which engines run stores where, and how many */
  stores: StoresPart
  /** names this process among the servers of one database */
  server: string
  platform: Omit<PlatformParts, "warming">
  previewUrl(slug: string): string
  /** where people reach the dashboard */
  publicUrl: string
  /** undefined where no mail server is set */
  mailer: Mailer | undefined
  /** rows that a loop must look at */
  due(loop: LoopName): Promise<Owned[]>
}

type StoresPart = Pick<
  Parameters<typeof makeStores>[0],
  "engines" | "backend" | "limits" | "domain" | "urlOf" | "meters"
>

/** Every kind, composed, and what the rest of the server needs of them. */
export interface Kinds {
  all: AllKinds
  /** what the gateway asks the kinds: which site a host has, and who may look */
  sites: { resolvers: readonly HostResolver[]; access: SiteAccess }
  repositories: Repositories
  packages: Packages
  /** who sends an API key */
  keys: KeyUse
  countStores: Stores["count"]
  close(): Promise<void>
}

/**
 * Makes every kind, for the server and for the tests that walk all of them.
 *
 * To add one: its line in `all`; without it, or without one of its handlers, nothing compiles.
 */
export function makeKinds(parts: KindsParts): Kinds {
  const { accounts, places, registries, fleet, models, budgets, browser, ...others } = parts
  const { previewUrl, due, platform, server, mcp, mailer, stores: shops, ...rest } = others
  const vault = makeVault(parts)
  const foundations = { ...rest, vault }
  const repositories = repositoriesOf(parts)
  const shared = { ...foundations, repositories, saving: makeSaving(), previewUrl }
  const machines = makeMachines({ ...foundations, fleet })
  const snapshots = makeSnapshots({ root: places.snapshots, clock: parts.clock })
  const catalogue = makeCatalogue(places.starters)
  const sources = packageSources({ ...parts, catalogue })
  const packages = makePackagesKind({ ...shared, fleet, ...sources })
  const live = { packages: packages.packages, live: machines.live }
  const { ai, network, variables } = makeWaysOut(parts, foundations, machines)
  const secrets = makeSecrets({ ...foundations, call: network.post, due: () => due("secrets") })
  const { apps: given } = secrets
  const movesIn = { snapshots, way: network.way }
  const apps = makeApps({ ...shared, ...live, secrets: given, variables, snapshots, server })
  const stores = makeStores({ ...foundations, ...shops, due: () => due("stores") })
  const keys = makeKeys(parts)
  const tools = makeMcp({ ...foundations, ...mcp, due: () => due("mcp-servers") })
  const all = {
    platform: makePlatform({ ...platform, warming: packages.packages.warming }),
    accounts,
    audit: makeAudit(parts),
    usage: makeUsage(),
    ...kindsOfPeople(foundations, { mailer, due }),
    quotas: makeQuotas(foundations),
    projects: makeProjects({ ...shared, due: () => due("projects") }),
    ...{ keys: keys.kind, secrets: secrets.kind },
    starters: makeStarters({ catalogue, repositories, toolchains: parts.toolchains }),
    mcp: tools.kind,
    machines: machines.kind,
    packages: packages.kind,
    ...{ ai: ai.kind, network: network.kind },
    ...{ apps: apps.kind, stores: stores.kind },
    agents: makeAgents({
      ...{ ...shared, machines: apps.sessions, starters: catalogue, mcp: tools.tools },
      ...{ ai, network, browser, models, budgets },
      pictures: makePictures({ ...parts, root: places.pictures }),
      ...(parts.meters ? { meters: parts.meters } : {}),
      ...{ tasksAtOnce: 6, watchEveryMs: 10_000, due: dueOfAgents(due) },
    }),
    models: makeModelsKind({ ...parts, vault: makePlatformVault(parts) }),
    moves: makeMoves({ ...shared, ...live, ...movesIn, due: () => due("moves") }),
  } satisfies AllKinds
  const sites = { resolvers: [...apps.sites, stores.sites], access: apps.access }
  const close = closing([stores, apps, network], [packages, machines])
  const used = { packages: packages.packages, keys: keys.use, countStores: stores.count }
  return { all, sites, repositories, ...used, close }
}

type Closing = { close(): unknown }

/** Ends parts of kinds in the order in which they stand on each other. */
const closing =
  (...steps: Closing[][]) =>
  async () => {
    for (const step of steps) await Promise.all(step.map((part) => part.close()))
  }

/** Organizations, who belongs to them and who runs all of them, and what is written to people. */
const kindsOfPeople = (
  foundations: Omit<Parameters<typeof makePeople>[0] & Parameters<typeof makeTenants>[0], "due"> &
    Parameters<typeof makeAdministration>[0] &
    Parameters<typeof makeDevices>[0],
  { mailer, due }: Pick<KindsParts, "mailer" | "due">,
) => ({
  tenants: makeTenants({ ...foundations, due: () => due("organizations") }),
  mails: makeMail({ ...foundations, mailer, due: () => due("mails") }),
  people: makePeople(foundations),
  administration: makeAdministration(foundations),
  devices: makeDevices(foundations),
})

/** What machines of a project may reach through their doors, and what their programs are given for it. */
function makeWaysOut(
  parts: KindsParts,
  foundations: Omit<AiOptions, "live" | "limiter" | "limits" | "models" | "month">,
  machines: ReturnType<typeof makeMachines>,
) {
  const around = { ...foundations, live: machines.live, limiter: parts.limiter }
  const models = makeAppModels(parts.models, () => parts.clock.now())
  const ai = makeAi({ ...around, models, month: projectMonth })
  const network = makeNetwork({ ...around, ...parts.network })
  const variables = async (machine: LiveMachine) => ({
    ...(await network.variables(machine)),
    ...(await ai.variables(machine)),
  })
  return { ai, network, variables }
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
