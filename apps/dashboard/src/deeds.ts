import type { LucideIcon } from "lucide-react"
import { administrationDeeds } from "./administration/deeds.ts"
import { agentsDeeds } from "./agents/deeds.ts"
import { aiDeeds } from "./ai/deeds.ts"
import { appsDeeds } from "./apps/deeds.ts"
import { auditDeeds } from "./audit/deeds.ts"
import { devicesDeeds } from "./devices/deeds.ts"
import { keysDeeds } from "./keys/deeds.ts"
import type { Deeds } from "./kind.ts"
import { machinesDeeds } from "./machines/deeds.ts"
import { mailDeeds } from "./mails/deeds.ts"
import { mcpDeeds } from "./mcp/deeds.ts"
import { modelsDeeds } from "./models/deeds.ts"
import { movesDeeds } from "./moves/deeds.ts"
import { networkDeeds } from "./network/deeds.ts"
import { packagesDeeds } from "./packages/deeds.ts"
import { peopleDeeds } from "./people/deeds.ts"
import { projectsDeeds } from "./projects/deeds.ts"
import { secretsDeeds } from "./secrets/deeds.ts"
import { startersDeeds } from "./starters/deeds.ts"
import { storesDeeds } from "./stores/deeds.ts"
import { tenantsDeeds } from "./tenants/deeds.ts"
import { usageDeeds } from "./usage/deeds.ts"

/** The words of all kinds: a kind whose actions are recorded is a line here. */
const all: readonly Deeds[] = [
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

export const actionNames: Record<string, string> = Object.assign(
  {},
  ...all.map(({ actions }) => actions),
)
export const actionIcons: Record<string, LucideIcon> = Object.assign(
  {},
  ...all.map(({ icons }) => icons),
)
