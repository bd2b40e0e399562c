import type { LanguageModelV4 } from "@ai-sdk/provider"
import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import type { ModelInfo } from "@vibecaas/contract/model-info"
import type { Setting } from "@vibecaas/kernel/config"
import { invariant } from "@vibecaas/kernel/fault"

/** A model that a role uses: what the agents call, what people are told, what its code may do. */
export interface ModelEntry {
  model: LanguageModelV4
  info: ModelInfo
  /** `blueprint`: it writes only code of ours; `untrusted`: it may write anything */
  trust: "blueprint" | "untrusted"
  /** takes a task over when this one fails for good */
  next?: ModelEntry
}

/** A role's model, and those that may take over from it. */
export function lineOf(entry: ModelEntry): [ModelEntry, ...ModelEntry[]] {
  return [entry, ...(entry.next ? lineOf(entry.next) : [])]
}

export interface Models {
  for(role: AgentRole): ModelEntry
  /** what a role has of its own; without it all roles are alike */
  limits?(role: AgentRole): RoleLimits
  /** what a run can be asked of in place of its roles' own, as `provider:model`; nothing when absent */
  choices?(): readonly string[]
  /** the model of such a name; one that tells why, when it cannot be asked any more */
  named?(name: string): ModelEntry
}

/** The models of one run: those of its roles, unless it was given one for all of them. */
export function modelsOf(models: Models, { modelName }: { modelName: string | null }): Models {
  if (modelName === null) return models
  const entry = models.named?.(modelName)
  invariant(entry, "whoever takes names of models knows models by them")
  return { ...models, for: () => entry }
}

/** How a role works where that is not as for every other. */
export interface RoleLimits {
  /** how freely its models choose their words, from 0 to 2; absent: as each has it */
  temperature?: number | undefined
  /** tokens of one answer */
  outputTokensMax?: number | undefined
  /** tokens of one task */
  tokensMax?: number | undefined
  /** US cents of one task */
  centsMax?: number | undefined
}

/** All models that may answer any role. */
export const everyEntry = (models: Models): ModelEntry[] =>
  agentRoles.flatMap((role) => lineOf(models.for(role)))

/** What a provider is given to reach its models. */
export interface Reach<Name extends string = string> {
  /** values of its settings that are set */
  settings: Partial<Record<Name, string | undefined>>
  fetch: typeof fetch
}

/** One kind of server that models are reached through. It is all that the platform knows of it. */
export interface ModelProvider<Name extends string = string> {
  /** the word before the colon in `openai:gpt-…` */
  name: string
  /** as people call whoever makes its models: “OpenAI” */
  maker: string
  /** its settings by the names of their environment variables */
  settings: Record<Name, Setting<string | undefined>>
  /** the setting without which it makes no model */
  needs?: NoInfer<Name>
  /** the two that people may set while the platform runs; without them only the environment counts */
  reachedBy?: { key: NoInfer<Name>; address: NoInfer<Name> }
  /** its model for whoever names none: one that builds whole apps */
  usual?: string
  /** a cheap one, enough to see whether a key is taken */
  small?: string
  make(modelId: string, reach: Reach<Name>): ModelEntry
}

/** A provider whose settings the compiler knows by name. */
export function defineProvider<Name extends string>(provider: ModelProvider<Name>): ModelProvider {
  return provider
}
