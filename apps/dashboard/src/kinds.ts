import type { EventKind } from "@vibecaas/contract/kinds"
import type { LucideIcon } from "lucide-react"
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
] as const

type Part = "live" | "actions" | "icons"
type Brought<P extends Part, K = (typeof kinds)[number]> =
  K extends Record<P, infer Table> ? keyof Table : never
type Value<P extends Part> = NonNullable<Kind[P]> extends { [name: string]: infer V } ? V : Applier

/** One table of what all kinds brought; one that lacks a name its reader needs does not compile. */
function all<P extends Part>(part: P): Record<Brought<P>, Value<P>> {
  // Each entry comes from the kind that named it.
  return Object.assign({}, ...listed.map((kind) => kind[part] ?? {}))
}

const listed: readonly Kind[] = kinds
export const live: Record<EventKind, Applier> = all("live")
export const actionNames: Record<string, string> = all("actions")
export const actionIcons: Record<string, LucideIcon> = all("icons")
export const missed = listed.flatMap((kind) => (kind.missed ? [kind.missed] : []))
export const pages = listed.flatMap((kind) => kind.pages ?? [])
