import { google } from "./google.ts"
import { events, modelSuite } from "./model.suite.ts"

const usageMetadata = { promptTokenCount: 7, candidatesTokenCount: 3, totalTokenCount: 10 }
const chunk = (part: object, rest: object = {}) => ({
  candidates: [{ content: { role: "model", parts: [part] }, index: 0, ...rest }],
  usageMetadata,
})

modelSuite(google, {
  modelId: "gemini-x",
  settings: () => ({ GOOGLE_GENERATIVE_AI_API_KEY: "test-key" }),
  key: ["x-goog-api-key", "test-key"],
  path: "/v1beta/models/gemini-x:streamGenerateContent?alt=sse",
  text: events([chunk({ text: "Hel" }), chunk({ text: "lo" }, { finishReason: "STOP" })]),
  toolCall: events([
    chunk(
      { functionCall: { name: "read_file", args: { path: "a.txt" } } },
      { finishReason: "STOP" },
    ),
  ]),
  error: (message) => ({ error: { code: 1, message, status: "X" } }),
})
