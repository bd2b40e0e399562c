import { events, modelSuite } from "./model.suite.ts"
import { openai } from "./openai.ts"

const created = {
  type: "response.created",
  response: { id: "resp_1", created_at: 1, model: "gpt-x", service_tier: null },
}
const completed = {
  type: "response.completed",
  response: { usage: { input_tokens: 7, output_tokens: 3 } },
}
const message = { type: "message", id: "msg_1" }
const call = { type: "function_call", id: "fc_1", call_id: "call_1", name: "read_file" }
const input = '{"path":"a.txt"}'

modelSuite(openai, {
  modelId: "gpt-x",
  settings: () => ({ OPENAI_API_KEY: "test-key" }),
  key: ["authorization", "Bearer test-key"],
  path: "/v1/responses",
  text: events([
    created,
    { type: "response.output_item.added", output_index: 0, item: message },
    { type: "response.output_text.delta", item_id: "msg_1", delta: "Hel" },
    { type: "response.output_text.delta", item_id: "msg_1", delta: "lo" },
    { type: "response.output_item.done", output_index: 0, item: message },
    completed,
  ]),
  toolCall: events([
    created,
    { type: "response.output_item.added", output_index: 0, item: { ...call, arguments: "" } },
    {
      type: "response.function_call_arguments.delta",
      item_id: "fc_1",
      output_index: 0,
      delta: input,
    },
    {
      type: "response.output_item.done",
      output_index: 0,
      item: { ...call, arguments: input, status: "completed" },
    },
    completed,
  ]),
  error: (text) => ({ error: { message: text, type: "x", param: null, code: null } }),
})
