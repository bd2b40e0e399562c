import { events, modelSuite } from "./model.suite.ts"
import { openaiCompatible } from "./openai-compatible.ts"

const head = { id: "chatcmpl-1", created: 1, model: "llama-x", object: "chat.completion.chunk" }
const chunk = (delta: object, finish_reason: string | null = null) => ({
  ...head,
  choices: [{ index: 0, delta, finish_reason }],
})
const usage = {
  ...{ ...head, choices: [] },
  usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
}
const end = "data: [DONE]\n\n"
const call = (rest: object) => chunk({ tool_calls: [{ index: 0, ...rest }] })

modelSuite(openaiCompatible, {
  modelId: "llama-x",
  settings: (origin) => ({
    VIBECAAS_MODEL_BASE_URL: `${origin}/v1`,
    VIBECAAS_MODEL_API_KEY: "test-key",
  }),
  key: ["authorization", "Bearer test-key"],
  path: "/v1/chat/completions",
  text:
    events([
      chunk({ role: "assistant", content: "Hel" }),
      chunk({ content: "lo" }),
      chunk({}, "stop"),
      usage,
    ]) + end,
  toolCall:
    events([
      call({ id: "call_1", type: "function", function: { name: "read_file", arguments: "" } }),
      call({ function: { arguments: '{"path":' } }),
      call({ function: { arguments: '"a.txt"}' } }),
      chunk({}, "tool_calls"),
      usage,
    ]) + end,
  error: (message) => ({ error: { message, type: "x", param: null, code: null } }),
})
