import { type DialectName, dialects } from "../simulators/openai-compatible/dialects.ts"
import { modelSuite } from "./model.suite.ts"
import { openaiCompatible } from "./openai-compatible.ts"

for (const wire of Object.keys(dialects) as DialectName[]) {
  modelSuite({
    provider: openaiCompatible,
    wire,
    modelId: "llama-x",
    settings: (url) => ({ VIBECAAS_MODEL_BASE_URL: url, VIBECAAS_MODEL_API_KEY: "test-key" }),
    ...("noUsage" in dialects[wire] ? { noUsage: true } : {}),
  })
}
