import type { LanguageModelV4 } from "@ai-sdk/provider"
import type { ModelInfo } from "@vibecaas/contract/model-info"

/** What a model says that one of its answers used, in tokens. */
export interface UsedTokens {
  /** all that it read, the cached ones among them */
  input: number
  cacheRead: number
  cacheWrite: number
  output: number
}

/** A model that apps may ask. */
export interface AppModel {
  model: LanguageModelV4
  info: ModelInfo
  /** by list price, in millionths of a US dollar; null when its price is not known */
  costOf(used: UsedTokens): number | null
}

/** The installation's models, as apps may ask them. */
export interface AppModels {
  /**
   * The model of a name, and those that take over from it; with null what the agents for AI features
   * ask. None when there is no language model but the offline one.
   */
  line(name: string | null): readonly AppModel[]
  /** names that an organization can choose, as `provider:model` */
  choices(): readonly string[]
  /** why a model gave no answer, as a sentence that says nothing of what was sent */
  failure(error: unknown): { say: string; retryable: boolean }
}
