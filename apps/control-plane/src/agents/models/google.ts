import { defineProvider } from "./model.ts"
import { realModel } from "./real-model.ts"
import { addressSetting, keySetting } from "./server-settings.ts"

const itsOwn = "https://generativelanguage.googleapis.com/v1beta"

export const google = defineProvider({
  name: "google",
  maker: "Google",
  settings: {
    GOOGLE_GENERATIVE_AI_API_KEY: keySetting("key for google:<model>"),
    GOOGLE_GENERATIVE_AI_BASE_URL: addressSetting("where google:<model> is asked", itsOwn),
  },
  needs: "GOOGLE_GENERATIVE_AI_API_KEY",
  reachedBy: { key: "GOOGLE_GENERATIVE_AI_API_KEY", address: "GOOGLE_GENERATIVE_AI_BASE_URL" },
  usual: "gemini-2.5-pro",
  small: "gemini-2.5-flash-lite",
  make(modelId, { settings, fetch }) {
    const { GOOGLE_GENERATIVE_AI_API_KEY: apiKey = "", GOOGLE_GENERATIVE_AI_BASE_URL: baseURL } =
      settings
    const known = { provider: "google", maker: "Google", modelId, baseURL }
    return realModel(known, async () => {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google")
      return createGoogleGenerativeAI({ apiKey, baseURL: baseURL ?? itsOwn, fetch })(modelId)
    })
  },
})
