import { agentRoles } from "@vibecaas/contract/kinds/agents"
import type { ModelTrial } from "@vibecaas/contract/kinds/models"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault, invariant } from "@vibecaas/kernel/fault"
import { askBriefly, type Models, makeModels } from "../agents/index.ts"
import { isReachable, type Reach, settingsOf } from "./reach.ts"

export interface TrialParts {
  models: Models
  fetch: typeof fetch
  clock: Clock
}

/**
 * Asks a provider for one short answer, as it is reached now.
 *
 * @throws Fault `invalid` when no model is named and none is known
 */
export async function testProvider(
  { models, fetch, clock }: TrialParts,
  reach: Reach,
  named: string | undefined,
): Promise<ModelTrial> {
  const { provider, key, wrong } = reach
  const used = agentRoles.map(models.for).find(({ info }) => info.provider === provider.name)
  const model = named ?? provider.small ?? used?.info.model
  if (!model) {
    const say = "Name a model of this server."
    throw fault("invalid", { say, fields: { "/model": say } })
  }
  if (!isReachable(reach)) {
    const say = wrong ?? `There is nothing set to reach ${provider.maker} with.`
    return { ok: false, model, say, tookMs: 0 }
  }
  const settings = settingsOf([reach], {})
  const made = makeModels({ default: `${provider.name}:${model}`, settings, fetch })
  invariant(made.ok, "a provider that is reached makes models")
  const since = clock.now().getTime()
  const { signal } = new AbortController()
  const { ok, say } = await askBriefly(made.models.for("planning"), { clock, signal })
  const tookMs = clock.now().getTime() - since
  return { ok, model, say: key ? say.replaceAll(key, "…") : say, tookMs }
}
