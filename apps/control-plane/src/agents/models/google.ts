import { keySetting } from "./key-setting.ts"
import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"

export const google = defineProvider({
  name: "google",
  maker: "Google",
  settings: { GOOGLE_GENERATIVE_AI_API_KEY: keySetting("key for google:<model>") },
  needs: "GOOGLE_GENERATIVE_AI_API_KEY",
  make(modelId, { settings: { GOOGLE_GENERATIVE_AI_API_KEY: apiKey = "" }, fetch }) {
    return realModel({ provider: "google", maker: "Google", modelId }, async () => {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google")
      return createGoogleGenerativeAI({ apiKey, fetch })(modelId)
    })
  },
})
