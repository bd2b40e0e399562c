import { cached } from "./cache-marks.ts"
import { keySetting } from "./key-setting.ts"
import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"

export const anthropic = defineProvider({
  name: "anthropic",
  maker: "Anthropic",
  settings: { ANTHROPIC_API_KEY: keySetting("key for anthropic:<model>") },
  needs: "ANTHROPIC_API_KEY",
  make(modelId, { settings: { ANTHROPIC_API_KEY: apiKey = "" }, fetch }) {
    return realModel({ provider: "anthropic", maker: "Anthropic", modelId }, async () => {
      const { createAnthropic } = await import("@ai-sdk/anthropic")
      return cached(createAnthropic({ apiKey, fetch })(modelId))
    })
  },
})
