import { expect, test } from "vitest"
import { anthropic } from "./anthropic.ts"
import { modelSuite } from "./model.suite.ts"

modelSuite({
  provider: anthropic,
  wire: "anthropic",
  modelId: "claude-x",
  settings: (url) => ({ ANTHROPIC_API_KEY: "test-key", ANTHROPIC_BASE_URL: url }),
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
