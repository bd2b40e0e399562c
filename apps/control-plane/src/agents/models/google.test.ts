import { google } from "./google.ts"
import { modelSuite } from "./model.suite.ts"

modelSuite({
  provider: google,
  wire: "google",
  modelId: "gemini-3-x",
  settings: (url) => ({
    GOOGLE_GENERATIVE_AI_API_KEY: "test-key",
    GOOGLE_GENERATIVE_AI_BASE_URL: url,
  }),
})
