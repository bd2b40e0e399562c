import { keySetting } from "./key-setting.ts"
import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"

export const openai = defineProvider({
  name: "openai",
  maker: "OpenAI",
  settings: { OPENAI_API_KEY: keySetting("key for openai:<model>") },
  needs: "OPENAI_API_KEY",
  make(modelId, { settings: { OPENAI_API_KEY: apiKey = "" }, fetch }) {
    return realModel({ provider: "openai", maker: "OpenAI", modelId }, async () => {
      const { createOpenAI } = await import("@ai-sdk/openai")
      return createOpenAI({ apiKey, fetch }).responses(modelId)
    })
  },
})
