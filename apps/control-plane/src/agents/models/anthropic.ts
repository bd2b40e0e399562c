import { cached } from "./cache-marks.ts"
import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"
import { addressSetting, keySetting } from "./server-settings.ts"

const itsOwn = "https://api.anthropic.com/v1"

export const anthropic = defineProvider({
  name: "anthropic",
  maker: "Anthropic",
  settings: {
    ANTHROPIC_API_KEY: keySetting("key for anthropic:<model>"),
    ANTHROPIC_BASE_URL: addressSetting("where anthropic:<model> is asked", itsOwn),
  },
  needs: "ANTHROPIC_API_KEY",
  reachedBy: { key: "ANTHROPIC_API_KEY", address: "ANTHROPIC_BASE_URL" },
  usual: "claude-sonnet-4-5",
  small: "claude-haiku-4-5",
  make(
    modelId,
    { settings: { ANTHROPIC_API_KEY: apiKey = "", ANTHROPIC_BASE_URL: baseURL }, fetch },
  ) {
    const known = { provider: "anthropic", maker: "Anthropic", modelId, baseURL }
    return realModel(known, async () => {
      const { createAnthropic } = await import("@ai-sdk/anthropic")
      return cached(createAnthropic({ apiKey, baseURL: baseURL ?? itsOwn, fetch })(modelId))
    })
  },
})
