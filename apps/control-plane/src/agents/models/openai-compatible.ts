import { setting } from "@vibecaas/kernel/config"
import { z } from "zod"
import { keySetting } from "./key-setting.ts"
import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"

/** Anything that speaks OpenAI's chat completions: Ollama, vLLM, a gateway, our simulator. */
export const openaiCompatible = defineProvider({
  name: "compatible",
  maker: "a compatible server",
  settings: {
    VIBECAAS_MODEL_BASE_URL: setting(
      z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
      "OpenAI-compatible endpoint for compatible:<model>, for example http://127.0.0.1:11434/v1",
      "none",
    ),
    VIBECAAS_MODEL_API_KEY: keySetting("key of that endpoint"),
  },
  needs: "VIBECAAS_MODEL_BASE_URL",
  make(modelId, { settings, fetch }) {
    const { VIBECAAS_MODEL_BASE_URL: baseURL = "", VIBECAAS_MODEL_API_KEY: apiKey } = settings
    const maker = URL.parse(baseURL)?.host ?? "a compatible server"
    return realModel({ provider: "compatible", maker, modelId }, async () => {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible")
      // Without `includeUsage` a stream says nothing about the tokens it used.
      const options = { name: "compatible", baseURL, fetch, includeUsage: true }
      return createOpenAICompatible({ ...options, ...(apiKey ? { apiKey } : {}) })(modelId)
    })
  },
})
