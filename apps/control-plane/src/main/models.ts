import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import { bestEffort } from "@vibecaas/kernel/log"
import type { Models } from "../agents/index.ts"
import { type LiveModels, type LiveModelsParts, makeLiveModels } from "../models/index.ts"
import type { Foundations } from "./foundations.ts"

/** The models as people set them last, here or at another replica. */
export async function readLiveModels(
  parts: Omit<LiveModelsParts, "database">,
  { database, listener, log }: Pick<Foundations, "database" | "listener" | "log">,
): Promise<LiveModels> {
  const models = makeLiveModels({ ...parts, database })
  const readAgain = () => void bestEffort(log, "read which models were set", () => models.read())
  listener.on("models", readAgain)
  // What was said while nobody heard it is read when hearing begins.
  listener.onState((hearing) => hearing && readAgain())
  await models.read()
  return models
}

/** What stands in for something else, as people are told. */
export function simulatedParts(
  models: Models,
  hasMail: boolean,
): { part: string; sentence: string }[] {
  const standIns = agentRoles.filter((role) => models.for(role).info.simulated)
  const blueprints = standIns.filter((role) => models.for(role).trust === "blueprint")
  const asked = standIns.filter((role) => !blueprints.includes(role))
  return [
    ...partOf(blueprints, "build starters that people confirm; set a model key for real models"),
    ...partOf(asked, "ask a simulator of models, which is no real one"),
    ...(hasMail ? [] : [noMail]),
  ]
}

const noMail = {
  part: "mail",
  sentence: "mail: goes nowhere, administrators read it on the page Platform; set SMTP_URL",
}

function partOf(roles: readonly AgentRole[], what: string) {
  if (roles.length === 0) return []
  const who = roles.length === agentRoles.length ? "the agents" : roles.join(", ").replace("_", " ")
  return [{ part: "language model", sentence: `language model: ${who} ${what}` }]
}
