import type { EventKind } from "@vibecaas/contract/kinds"
import { administrationKind } from "./administration/kind.ts"
import { agentsKind } from "./agents/kind.tsx"
import { aiKind } from "./ai/kind.ts"
import { appsKind } from "./apps/kind.ts"
import { auditKind } from "./audit/kind.ts"
import { devicesKind } from "./devices/kind.ts"
import { keysKind } from "./keys/kind.ts"
import type { Applier, Kind } from "./kind.ts"
import { machinesKind } from "./machines/kind.ts"
import { mailKind } from "./mails/kind.ts"
import { mcpKind } from "./mcp/kind.ts"
import { modelsKind } from "./models/kind.ts"
import { movesKind } from "./moves/kind.ts"
import { networkKind } from "./network/kind.ts"
import { packagesKind } from "./packages/kind.ts"
import { peopleKind } from "./people/kind.ts"
import { platformKind } from "./platform/kind.ts"
import { projectsKind } from "./projects/kind.tsx"
import { secretsKind } from "./secrets/kind.ts"
import { startersKind } from "./starters/kind.tsx"
import { storesKind } from "./stores/kind.ts"
import { tenantsKind } from "./tenants/kind.ts"
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
