import type { z } from "zod"
import type { KindDeclaration } from "./kind.ts"
import { accounts } from "./kinds/accounts.ts"
import { administration } from "./kinds/administration.ts"
import { agents } from "./kinds/agents.ts"
import { ai } from "./kinds/ai.ts"
import { apps } from "./kinds/apps.ts"
import { audit } from "./kinds/audit.ts"
import { devices } from "./kinds/devices.ts"
import { keys } from "./kinds/keys.ts"
import { machines } from "./kinds/machines.ts"
import { mails } from "./kinds/mails.ts"
import { mcp } from "./kinds/mcp.ts"
import { models } from "./kinds/models.ts"
import { moves } from "./kinds/moves.ts"
import { network } from "./kinds/network.ts"
import { packages } from "./kinds/packages.ts"
import { people } from "./kinds/people.ts"
import { platform } from "./kinds/platform.ts"
import { projects } from "./kinds/projects.ts"
import { quotas } from "./kinds/quotas.ts"
import { secrets } from "./kinds/secrets.ts"
import { starters } from "./kinds/starters.ts"
import { stores } from "./kinds/stores.ts"
import { tenants } from "./kinds/tenants.ts"
import { usage } from "./kinds/usage.ts"
import { merged } from "./merged.ts"

/** The only list of kinds: all that names a kind, or what a kind declares, is derived from it. */
export const kinds = {
  platform,
  accounts,
  audit,
  usage,
  mails,
  tenants,
  quotas,
  administration,
  devices,
  projects,
  people,
  keys,
  secrets,
  starters,
  mcp,
  machines,
  packages,
  ai,
  network,
  apps,
  stores,
  agents,
  models,
  moves,
} as const satisfies Record<string, KindDeclaration>

export type Kinds = typeof kinds
export type KindName = keyof Kinds

/** Objects that calls and topics can name. */
export const objects = merged(kinds, "objects")
export type ObjectName = keyof typeof objects

/** The schema of each kind of id, by what it is the id of. */
export const ids = merged(kinds, "ids")
type Ids = typeof ids
/** The id of one thing, e.g. `IdOf<"project">`. */
export type IdOf<Thing extends keyof Ids> = z.infer<Ids[Thing]>
/** The letters that ids begin with. */
export type IdPrefix = z.infer<Ids[keyof Ids]> extends `${infer Prefix}_${string}` ? Prefix : never

/** What the live stream tells, with the objects on whose topics it is told. */
export const events = merged(kinds, "events")
export type EventKind = keyof typeof events

/** What an organization can have a limited number or amount of. */
export const resources = merged(kinds, "quotas")
export type Resource = keyof typeof resources

/** What is counted. */
export const meters = merged(kinds, "meters")
export type Meter = keyof typeof meters

/** Loops of the server, each of one kind. */
export type LoopName = Declaring<"loops">["loops"][number]

type Declaring<Part extends keyof KindDeclaration> = Extract<Kinds[KindName], Record<Part, unknown>>
