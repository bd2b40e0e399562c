import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import type { ModelProvider } from "./model.ts"
import { realModel } from "./real-model.ts"

/** Anything that speaks OpenAI's chat completions: Ollama, vLLM, a gateway, our simulator. */
export const openaiCompatible: ModelProvider = {
  name: "compatible",
  lacks: ({ baseUrl }) =>
    baseUrl ? undefined : "A compatible server's models need VIBECAAS_MODEL_BASE_URL",
  make(modelId, { apiKey, baseUrl = "", fetch }) {
    const provider = createOpenAICompatible({
      name: "compatible",
      baseURL: baseUrl,
      fetch,
      // Without it a stream says nothing about the tokens it used.
      includeUsage: true,
      ...(apiKey ? { apiKey } : {}),
    })
    const maker = URL.parse(baseUrl)?.host ?? "a compatible server"
    return realModel(provider(modelId), { provider: "compatible", maker })
  },
}
