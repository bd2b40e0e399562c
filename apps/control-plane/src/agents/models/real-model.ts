import type { LanguageModelV4 } from "@ai-sdk/provider"
import { loadedWhenUsed } from "./loaded-when-used.ts"
import type { ModelEntry } from "./model.ts"

/** An entry for a model that may write anything, and that people know by its maker. */
export function realModel(
  known: { provider: string; maker: string; modelId: string },
  load: () => Promise<LanguageModelV4>,
): ModelEntry {
  const { provider, maker, modelId } = known
  const label = `${modelId} by ${maker}`
  const info = { provider, model: modelId, simulated: false, label }
  return { model: loadedWhenUsed(known, load), trust: "untrusted", info }
}
