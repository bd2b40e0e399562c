import { createGoogleGenerativeAI } from "@ai-sdk/google"
import type { ModelProvider } from "./model.ts"
import { addressOf, realModel } from "./real-model.ts"

export const google: ModelProvider = {
  name: "google",
  lacks: ({ apiKey }) => (apiKey ? undefined : "Google's models need GOOGLE_GENERATIVE_AI_API_KEY"),
  make(modelId, settings) {
    const { apiKey = "", fetch } = settings
    const provider = createGoogleGenerativeAI({ apiKey, fetch, ...addressOf(settings) })
    return realModel(provider(modelId), { provider: "google", maker: "Google" })
  },
}
