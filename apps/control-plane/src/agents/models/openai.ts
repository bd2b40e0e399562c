import { createOpenAI } from "@ai-sdk/openai"
import type { ModelProvider } from "./model.ts"
import { addressOf, realModel } from "./real-model.ts"

export const openai: ModelProvider = {
  name: "openai",
  lacks: ({ apiKey }) => (apiKey ? undefined : "OpenAI's models need OPENAI_API_KEY"),
  make(modelId, settings) {
    const { apiKey = "", fetch } = settings
    const provider = createOpenAI({ apiKey, fetch, ...addressOf(settings) })
    return realModel(provider.responses(modelId), { provider: "openai", maker: "OpenAI" })
  },
}
