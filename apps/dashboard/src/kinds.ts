import type { EventKind } from "@vibecaas/contract/kinds"
import type { LucideIcon } from "lucide-react"
import { administrationDeeds } from "./administration/deeds.ts"
import { administrationKind } from "./administration/kind.ts"
import { agentsDeeds } from "./agents/deeds.ts"
import { agentsKind } from "./agents/kind.tsx"
import { aiDeeds } from "./ai/deeds.ts"
import { aiKind } from "./ai/kind.ts"
import { appsDeeds } from "./apps/deeds.ts"
import { appsKind } from "./apps/kind.ts"
import { auditDeeds } from "./audit/deeds.ts"
import { auditKind } from "./audit/kind.ts"
import { devicesDeeds } from "./devices/deeds.ts"
import { devicesKind } from "./devices/kind.ts"
import { keysDeeds } from "./keys/deeds.ts"
import { keysKind } from "./keys/kind.ts"
import type { Applier, Deeds, Kind } from "./kind.ts"
import { machinesDeeds } from "./machines/deeds.ts"
import { machinesKind } from "./machines/kind.ts"
import { mailDeeds } from "./mails/deeds.ts"
import { mailKind } from "./mails/kind.ts"
import { mcpDeeds } from "./mcp/deeds.ts"
import { mcpKind } from "./mcp/kind.ts"
import { modelsDeeds } from "./models/deeds.ts"
import { modelsKind } from "./models/kind.ts"
import { movesDeeds } from "./moves/deeds.ts"
import { movesKind } from "./moves/kind.ts"
import { networkDeeds } from "./network/deeds.ts"
import { networkKind } from "./network/kind.ts"
import { packagesDeeds } from "./packages/deeds.ts"
import { packagesKind } from "./packages/kind.ts"
import { peopleDeeds } from "./people/deeds.ts"
import { peopleKind } from "./people/kind.ts"
import { platformKind } from "./platform/kind.ts"
import { projectsDeeds } from "./projects/deeds.ts"
import { projectsKind } from "./projects/kind.tsx"
import { secretsDeeds } from "./secrets/deeds.ts"
import { secretsKind } from "./secrets/kind.ts"
import { startersDeeds } from "./starters/deeds.ts"
import { startersKind } from "./starters/kind.tsx"
import { storesDeeds } from "./stores/deeds.ts"
import { storesKind } from "./stores/kind.ts"
import { tenantsDeeds } from "./tenants/deeds.ts"
import { tenantsKind } from "./tenants/kind.ts"
import { usageDeeds } from "./usage/deeds.ts"
import { usageKind } from "./usage/kind.ts"

/** Everything the dashboard shows: a new kind is its folder and a line here. */
const kinds = [
  tenantsKind,
  projectsKind,
  peopleKind,
  keysKind,
  secretsKind,
  mailKind,
  mcpKind,
  startersKind,
  machinesKind,
  packagesKind,
  aiKind,
  networkKind,
  appsKind,
  storesKind,
  agentsKind,
  auditKind,
  usageKind,
  modelsKind,
  platformKind,
  administrationKind,
  devicesKind,
  movesKind,
] as const

type Live<K = (typeof kinds)[number]> = K extends { live: infer Table } ? keyof Table : never

const listed: readonly Kind[] = kinds
/** One that lacks an event does not compile; each entry comes from the kind that named it. */
const brought: Record<Live, Applier> = Object.assign({}, ...listed.map(({ live = {} }) => live))
export const live: Record<EventKind, Applier> = brought
export const missed = listed.flatMap((kind) => (kind.missed ? [kind.missed] : []))
export const pages = listed.flatMap((kind) => kind.pages ?? [])

/** How the activity tells what happens. Only its page has them: pages that do not use a list here do not carry it. */
const deeds: readonly Deeds[] = [
  administrationDeeds,
  agentsDeeds,
  aiDeeds,
  appsDeeds,
  auditDeeds,
  devicesDeeds,
  keysDeeds,
  machinesDeeds,
  mailDeeds,
  mcpDeeds,
  modelsDeeds,
  movesDeeds,
  networkDeeds,
  packagesDeeds,
  peopleDeeds,
  projectsDeeds,
  secretsDeeds,
  startersDeeds,
  storesDeeds,
  tenantsDeeds,
  usageDeeds,
]

export const actionNames: Record<string, string> = /* @__PURE__ */ Object.assign(
  {},
  ...deeds.map(({ actions }) => actions),
)
export const actionIcons: Record<string, LucideIcon> = /* @__PURE__ */ Object.assign(
  {},
  ...deeds.map(({ icons }) => icons),
)
