import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"
import { addressSetting, keySetting } from "./server-settings.ts"

/** Anything that speaks OpenAI's chat completions: Ollama, vLLM, a gateway, our simulator. */
export const openaiCompatible = defineProvider({
  name: "compatible",
  maker: "a compatible server",
  settings: {
    VIBECAAS_MODEL_BASE_URL: addressSetting(
      "OpenAI-compatible endpoint for compatible:<model>, for example http://127.0.0.1:11434/v1",
      "none",
    ),
    VIBECAAS_MODEL_API_KEY: keySetting("key of that endpoint"),
  },
  needs: "VIBECAAS_MODEL_BASE_URL",
  reachedBy: { key: "VIBECAAS_MODEL_API_KEY", address: "VIBECAAS_MODEL_BASE_URL" },
  make(modelId, { settings, fetch }) {
    const { VIBECAAS_MODEL_BASE_URL: baseURL = "", VIBECAAS_MODEL_API_KEY: apiKey } = settings
    return realModel({ provider: "compatible", modelId, baseURL }, async () => {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible")
      // Without `includeUsage` a stream says nothing about the tokens it used.
      const options = { name: "compatible", baseURL, fetch, includeUsage: true }
      return createOpenAICompatible({ ...options, ...(apiKey ? { apiKey } : {}) })(modelId)
    })
  },
})
