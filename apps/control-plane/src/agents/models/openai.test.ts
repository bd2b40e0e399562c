import { modelSuite } from "./model.suite.ts"
import { openai } from "./openai.ts"

modelSuite({
  provider: openai,
  wire: "openai",
  modelId: "gpt-5-x",
  settings: (url) => ({ OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: url }),
})
