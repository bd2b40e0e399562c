import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import { fault } from "@vibecaas/kernel/fault"
import { type Models, makeModels } from "../agents/index.ts"
import type { Config } from "./config.ts"
import { patientFetch } from "./patient-fetch.ts"

/** @throws Fault `invalid` with what is wrong in the settings of models */
export function chooseModels(config: Config): Models {
  const result = makeModels({ ...config.models, fetch: patientFetch() })
  if (result.ok) return result.models
  throw fault("invalid", { say: result.mistakes.join(" ") })
}

/** What stands in for something else, as people are told. */
export function simulatedParts(models: Models): { part: string; sentence: string }[] {
  const standIns = agentRoles.filter((role) => models.for(role).info.simulated)
  const blueprints = standIns.filter((role) => models.for(role).trust === "blueprint")
  const asked = standIns.filter((role) => !blueprints.includes(role))
  return [
    ...partOf(blueprints, "build record keepers from blueprints; set a model key for real models"),
    ...partOf(asked, "ask a simulator of models, which is no real one"),
  ]
}

function partOf(roles: readonly AgentRole[], what: string) {
  if (roles.length === 0) return []
  const who = roles.length === agentRoles.length ? "the agents" : roles.join(", ").replace("_", " ")
  return [{ part: "language model", sentence: `language model: ${who} ${what}` }]
}
