import { anthropic } from "./anthropic.ts"
import { events, modelSuite } from "./model.suite.ts"

const start = {
  type: "message_start",
  message: {
    ...{ type: "message", id: "msg_1", role: "assistant", model: "claude-x", content: [] },
    ...{ stop_reason: null, stop_sequence: null },
    usage: { input_tokens: 7, output_tokens: 1 },
  },
}
const end = (stop_reason: string) => [
  { type: "content_block_stop", index: 0 },
  {
    type: "message_delta",
    delta: { stop_reason, stop_sequence: null },
    usage: { output_tokens: 3 },
  },
  { type: "message_stop" },
]
const delta = (part: object) => ({ type: "content_block_delta", index: 0, delta: part })

modelSuite(anthropic, {
  modelId: "claude-x",
  settings: () => ({ ANTHROPIC_API_KEY: "test-key" }),
  key: ["x-api-key", "test-key"],
  path: "/v1/messages",
  text: events(
    [
      start,
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      delta({ type: "text_delta", text: "Hel" }),
      delta({ type: "text_delta", text: "lo" }),
      ...end("end_turn"),
    ],
    true,
  ),
  toolCall: events(
    [
      start,
      {
        type: "content_block_start",
        index: 0,
        content_block: { type: "tool_use", id: "toolu_1", name: "read_file", input: {} },
      },
      delta({ type: "input_json_delta", partial_json: '{"path":' }),
      delta({ type: "input_json_delta", partial_json: '"a.txt"}' }),
      ...end("tool_use"),
    ],
    true,
  ),
  error: (message) => ({ type: "error", error: { type: "x", message } }),
})
