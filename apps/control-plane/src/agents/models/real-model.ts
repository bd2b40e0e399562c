import type { LanguageModelV4 } from "@ai-sdk/provider"
import type { ModelEntry, ProviderSettings } from "./model.ts"

/** An entry for a model that may write anything, and that people know by its maker. */
export function realModel(
  model: LanguageModelV4,
  known: { provider: string; maker: string },
): ModelEntry {
  const { modelId } = model
  const label = `${modelId} by ${known.maker}`
  const info = { provider: known.provider, model: modelId, simulated: false, label }
  return { model, trust: "untrusted", info }
}

export const addressOf = ({ baseUrl }: ProviderSettings) => (baseUrl ? { baseURL: baseUrl } : {})
