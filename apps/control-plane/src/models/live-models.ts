import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import type { ModelRoleStatus } from "@vibecaas/contract/kinds/models"
import { invariant } from "@vibecaas/kernel/fault"
import {
  type ModelEntry,
  type Models,
  type ModelsConfig,
  makeModels,
  modelsIn,
  pricedModels,
  type RoleLimits,
  splitModelName,
  unreachableModel,
} from "../agents/index.ts"
import type { Database } from "../db/tenant.ts"
import type { PlatformVault } from "../secrets/index.ts"
import type { RoleRow } from "./queries/settings.ts"
import { isReachable, type Reach, reachOf, settable, settingsOf, type Values } from "./reach.ts"
import { type Kept, readKept } from "./read-kept.ts"
import { recommendedLine } from "./recommended.ts"

/** The models of the roles, by what people set last. */
export interface LiveModels extends Models {
  limits(role: AgentRole): RoleLimits
  choices(): readonly string[]
  named(name: string): ModelEntry
  /** how each provider that people may set is reached */
  reaches(): readonly Reach[]
  /** values of the providers' settings, as they count now */
  settings(): Values
  /** what a role asks, and why */
  choice(role: AgentRole): Choice
  /** Reads again what people set; until then nothing of it is known. */
  read(): Promise<void>
}

/** A role's line, who chose it, and which it would be if nobody had set one here. */
export interface Choice {
  line: string
  from: ModelRoleStatus["from"]
  usual: string
  row: RoleRow | undefined
}

export interface LiveModelsParts {
  database: Database
  /** keeps keys of providers */
  vault: PlatformVault
  environment: {
    /** the line of each role, where one is named */
    roles: Readonly<Partial<Record<AgentRole, string | undefined>>>
    settings: Values
  }
  fetch: typeof fetch
}

export function makeLiveModels(parts: LiveModelsParts): LiveModels {
  let now = stateOf(parts, { providers: [], roles: [] })
  let reading: Promise<unknown> = Promise.resolve()
  const read = async () => {
    now = stateOf(parts, await parts.database.asPlatform((tx) => readKept(tx, parts.vault)))
  }
  return {
    for: (role) => now.models.for(role),
    limits: (role) => limitsOf(now.choices[role].row),
    choices: () => now.names,
    named: (name) => now.named(name),
    reaches: () => now.reaches,
    settings: () => now.settings,
    choice: (role) => now.choices[role],
    read() {
      // One after the other, or an older state could come last.
      const next = reading.then(read, read)
      reading = next.catch(() => {})
      return next
    },
  }
}

function stateOf(parts: LiveModelsParts, { providers, roles }: Kept) {
  const { environment, fetch } = parts
  const keptOf = (name: string) => providers.find(({ row }) => row.provider === name)
  const reaches = settable.map((provider) =>
    reachOf(provider, keptOf(provider.name), environment.settings),
  )
  const choose = (role: AgentRole) => {
    const row = roles.find((each) => each.role === role)
    return [role, choiceOf(row, environment.roles[role], recommendedLine(role, reaches))]
  }
  // Made from the full list of roles.
  const choices = Object.fromEntries(agentRoles.map(choose)) as Record<AgentRole, Choice>
  const settings = settingsOf(reaches, environment.settings)
  const make = (lines: Pick<ModelsConfig, "default" | "roles">) => {
    const made = makeModels({ ...lines, settings, standIn: unreachableModel, fetch })
    invariant(made.ok, "what cannot be asked is stood in for")
    return made.models
  }
  const lines = Object.fromEntries(agentRoles.map((role) => [role, choices[role].line]))
  const names = namesOf(reaches, Object.values(lines))
  // Made when asked for: each is a client of its provider.
  const named = (name: string) => make({ default: name }).for("planning")
  return { reaches, settings, choices, names, named, models: make({ roles: lines }) }
}

/**
 * What people may choose for one run, but for the offline model, which builds what they confirm: what roles ask already, and what else has a known price of those
 * providers that they ask or whose key somebody set here. A model without a price would have no limit.
 */
function namesOf(reaches: readonly Reach[], lines: readonly string[]): string[] {
  const asked = lines.flatMap(modelsIn)
  const spent = new Set(asked.map((name) => splitModelName(name).name))
  const priced = reaches
    .filter(
      (reach) => isReachable(reach) && (reach.from === "here" || spent.has(reach.provider.name)),
    )
    .flatMap(({ provider: { name } }) => pricedModels(name).map((model) => `${name}:${model}`))
  return [...new Set([...asked.filter((name) => name !== "offline"), ...priced])]
}

function choiceOf(
  row: RoleRow | undefined,
  environment: string | undefined,
  recommended: string | undefined,
): Choice {
  const usual = environment ?? recommended ?? "offline"
  if (row?.models) return { line: row.models, from: "here", usual, row }
  const from = environment ? "environment" : recommended ? "recommended" : "offline"
  return { line: usual, from, usual, row }
}

function limitsOf(row: RoleRow | undefined): RoleLimits {
  return {
    temperature: row?.temperature ?? undefined,
    outputTokensMax: row?.outputTokensMax ?? undefined,
    tokensMax: row?.tokensMax ?? undefined,
    centsMax: row?.centsMax ?? undefined,
  }
}
