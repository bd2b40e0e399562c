import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"
import { addressSetting, keySetting } from "./server-settings.ts"

const itsOwn = "https://api.openai.com/v1"

export const openai = defineProvider({
  name: "openai",
  maker: "OpenAI",
  settings: {
    OPENAI_API_KEY: keySetting("key for openai:<model>"),
    OPENAI_BASE_URL: addressSetting("where openai:<model> is asked", itsOwn),
  },
  needs: "OPENAI_API_KEY",
  reachedBy: { key: "OPENAI_API_KEY", address: "OPENAI_BASE_URL" },
  usual: "gpt-5.1",
  small: "gpt-5-nano",
  make(modelId, { settings: { OPENAI_API_KEY: apiKey = "", OPENAI_BASE_URL: baseURL }, fetch }) {
    const known = { provider: "openai", maker: "OpenAI", modelId, baseURL }
    return realModel(known, async () => {
      const { createOpenAI } = await import("@ai-sdk/openai")
      return createOpenAI({ apiKey, baseURL: baseURL ?? itsOwn, fetch }).responses(modelId)
    })
  },
})
