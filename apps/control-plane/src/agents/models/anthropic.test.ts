import { expect, test } from "vitest"
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

test("a request marks its tools, its instructions and its newest message as what to keep", async () => {
  let sent = ""
  const { model } = anthropic.make("claude-x", {
    settings: { ANTHROPIC_API_KEY: "test-key" },
    fetch: async (_, init) => {
      sent = String(init?.body)
      return new Response("no", { status: 400 })
    },
  })
  const text = (text: string) => [{ type: "text" as const, text }]
  const call = { toolCallId: "toolu_1", toolName: "second" }
  const inputSchema = { type: "object" as const }
  const asked = Promise.resolve(
    model.doStream({
      tools: [
        { type: "function", name: "first", inputSchema },
        { type: "function", name: "second", inputSchema },
      ],
      prompt: [
        { role: "system", content: "Rules." },
        { role: "user", content: text("Hi") },
        { role: "assistant", content: [{ type: "tool-call", ...call, input: {} }] },
        {
          role: "tool",
          content: [{ type: "tool-result", ...call, output: { type: "text", value: "did" } }],
        },
      ],
    }),
  )
  await expect(asked).rejects.toThrow()
  const keep = { cache_control: { type: "ephemeral" } }
  const { tools, system, messages } = JSON.parse(sent)
  expect(tools[0]).not.toHaveProperty("cache_control")
  expect(tools[1]).toMatchObject(keep)
  expect(system.at(-1)).toMatchObject(keep)
  expect(messages.at(-1).content.at(-1)).toMatchObject({ type: "tool_result", ...keep })
  expect(sent.match(/cache_control/g)).toHaveLength(3)
})
