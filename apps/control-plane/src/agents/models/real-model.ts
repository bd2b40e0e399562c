import type { LanguageModelV4 } from "@ai-sdk/provider"
import { loadedWhenUsed } from "./loaded-when-used.ts"
import type { ModelEntry } from "./model.ts"

export interface RealModel {
  provider: string
  modelId: string
  /** as people call whoever makes it; absent when only its address is known */
  maker?: string
  /** where it is asked, when that is not at its maker's */
  baseURL?: string | undefined
}

/** An entry for a model that may write anything, and that people know by who answers for it. */
export function realModel(known: RealModel, load: () => Promise<LanguageModelV4>): ModelEntry {
  const { provider, modelId, maker, baseURL = "" } = known
  const address = URL.parse(baseURL)
  // What stands in for a maker's server has it in its address, so that nobody takes it for real.
  const simulated = address?.pathname.startsWith("/simulated/") ?? false
  const by = simulated
    ? `a simulator of ${maker ?? "a compatible server"}`
    : [maker, address?.host].filter(Boolean).join(" at ")
  const info = { provider, model: modelId, simulated, label: `${modelId} by ${by}` }
  return { model: loadedWhenUsed(known, load), trust: "untrusted", info }
}
