import { createAnthropic } from "@ai-sdk/anthropic"
import type { ModelProvider } from "./model.ts"
import { addressOf, realModel } from "./real-model.ts"

export const anthropic: ModelProvider = {
  name: "anthropic",
  lacks: ({ apiKey }) => (apiKey ? undefined : "Anthropic's models need ANTHROPIC_API_KEY"),
  make(modelId, settings) {
    const { apiKey = "", fetch } = settings
    const provider = createAnthropic({ apiKey, fetch, ...addressOf(settings) })
    return realModel(provider(modelId), { provider: "anthropic", maker: "Anthropic" })
  },
}
