import type { LanguageModelV4 } from "@ai-sdk/provider"
import type { AgentRole, ModelInfo } from "@vibecaas/contract/kinds/agents"

/** A model that a role uses: what the agents call, what people are told, what its code may do. */
export interface ModelEntry {
  model: LanguageModelV4
  info: ModelInfo
  /** `blueprint`: it writes only code of ours; `untrusted`: it may write anything */
  trust: "blueprint" | "untrusted"
}

export interface Models {
  for(role: AgentRole): ModelEntry
}

/** What a provider needs to reach its models. */
export interface ProviderSettings {
  apiKey?: string | undefined
  baseUrl?: string | undefined
  fetch: typeof fetch
}

/** One kind of server that models are reached through. */
export interface ModelProvider {
  /** the word before the colon in `openai:gpt-…` */
  name: string
  /** what is missing from the settings, as a sentence; nothing when models can be made */
  lacks(settings: ProviderSettings): string | undefined
  make(modelId: string, settings: ProviderSettings): ModelEntry
}
