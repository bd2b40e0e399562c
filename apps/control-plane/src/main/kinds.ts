import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import { fault } from "@vibecaas/kernel/fault"
import type { VmDriver } from "@vibecaas/microvm/port"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import { defaultBudgets, type Models, makeAgents, makeModels } from "../agents/index.ts"
import { makeAudit } from "../audit/index.ts"
import { dueRows } from "../db/named-functions.ts"
import type { Gateway } from "../gateway/index.ts"
import type { HandlerSource } from "../http/routes.ts"
import { makeMicrovms } from "../microvms/index.ts"
import { makeGit, makeProjects, makeRepositories } from "../projects/index.ts"
import { makeQuotas } from "../quotas/index.ts"
import { makeTenants } from "../tenants/index.ts"
import { makeUsage } from "../usage/index.ts"
import type { Foundations } from "./foundations.ts"
import { makeAppsGateway, previewUrlOf } from "./gateway.ts"
import type { Isolation } from "./isolation.ts"
import type { ServerInput } from "./messages.ts"
import { platformHandlers } from "./platform-kind.ts"
import { version } from "./version.ts"

export interface KindsParts {
  input: ServerInput
  foundations: Foundations
  driver: VmDriver
  isolation: () => Isolation
}

/** Every kind, composed: what they serve, what they keep true, and the door to people's apps. */
export interface Kinds {
  handlers: readonly HandlerSource[]
  loops: readonly LoopDefinition[]
  gateway: Gateway
  /** what stands in for something else, as people are told */
  simulated: readonly { part: string; sentence: string }[]
  close(): void
}

/** To add a kind: its line in `kinds` below; the route table says which handlers are missing. */
export function makeKinds(parts: KindsParts): Kinds {
  const { input, foundations } = parts
  const models = chooseModels(input)
  const simulated = simulatedParts(models)
  const due = (name: Parameters<typeof dueRows>[1]) => () => dueRows(foundations.database, name)
  const repositories = makeRepositories({
    root: input.places.repositories,
    git: makeGit("git"),
    newId: foundations.newId,
    now: () => foundations.clock.now(),
  })
  const shared = { ...foundations, repositories, previewUrl: previewUrlOf(input.config) }
  const microvms = makeMicrovms({
    ...shared,
    driver: parts.driver,
    dataRoot: input.places.machines,
  })
  const kinds = {
    audit: makeAudit(),
    usage: makeUsage(),
    tenants: makeTenants(foundations),
    quotas: makeQuotas(foundations),
    projects: makeProjects({ ...shared, due: due("projects") }),
    microvms: microvms.kind,
    agents: makeAgents({
      ...shared,
      machines: microvms.machines,
      models,
      budgets: defaultBudgets,
      tasksAtOnce: 6,
      watchEveryMs: 1000,
      due: { runs: due("runs"), tasks: due("tasks") },
    }),
  } as const
  const platform = platformHandlers({
    config: input.config,
    version,
    isolation: parts.isolation,
    simulated,
  })
  return {
    handlers: [platform, ...Object.values(kinds)],
    loops: Object.values(kinds).flatMap((kind) => kind.loops),
    gateway: makeAppsGateway(parts, microvms.previews),
    simulated,
    close: () => microvms.close(),
  }
}

function chooseModels({ config }: ServerInput): Models {
  const result = makeModels({ ...config.models, fetch })
  if (result.ok) return result.models
  throw fault("invalid", { say: result.mistakes.join(" ") })
}

function simulatedParts(models: Models): { part: string; sentence: string }[] {
  const standIns = agentRoles.filter((role: AgentRole) => models.for(role).info.simulated)
  if (standIns.length === 0) return []
  const who =
    standIns.length === agentRoles.length ? "the agents" : standIns.join(", ").replace("_", " ")
  return [
    {
      part: "language model",
      sentence: `language model: ${who} build record keepers from blueprints; set a model key for real models`,
    },
  ]
}
