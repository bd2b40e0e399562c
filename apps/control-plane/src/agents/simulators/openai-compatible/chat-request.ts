import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4ToolResultOutput,
} from "@ai-sdk/provider"
import { z } from "zod"

const text = z.union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() }))])
const toolCall = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

/** What we understand of a request to `/v1/chat/completions`. */
export const chatRequest = z.object({
  model: z.string(),
  messages: z.array(
    z.discriminatedUnion("role", [
      z.object({ role: z.enum(["system", "developer"]), content: text }),
      z.object({ role: z.literal("user"), content: text }),
      z.object({
        role: z.literal("assistant"),
        content: text.nullish(),
        tool_calls: z.array(toolCall).nullish(),
      }),
      z.object({ role: z.literal("tool"), tool_call_id: z.string(), content: text }),
    ]),
  ),
  tools: z
    .array(
      z.object({
        type: z.literal("function"),
        function: z.object({ name: z.string(), parameters: z.looseObject({}).optional() }),
      }),
    )
    .optional(),
  stream: z.boolean().optional(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.number().optional(),
})
export type ChatRequest = z.infer<typeof chatRequest>
type ChatMessage = ChatRequest["messages"][number]

/** The same call as a model behind the AI SDK's interface gets it. */
export function callOptionsOf(
  request: ChatRequest,
  signal: AbortSignal,
): LanguageModelV4CallOptions {
  const names = new Map<string, string>()
  return {
    prompt: request.messages.map((message) => messageOf(message, names)),
    tools: (request.tools ?? []).map(({ function: { name, parameters } }) => ({
      type: "function" as const,
      name,
      inputSchema: parameters ?? {},
    })),
    abortSignal: signal,
  }
}

function messageOf(message: ChatMessage, names: Map<string, string>): LanguageModelV4Message {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: plain(message.content) }
    case "user":
      return { role: "user", content: [{ type: "text", text: plain(message.content) }] }
    case "assistant":
      return assistantOf(message, names)
    case "tool": {
      const toolCallId = message.tool_call_id
      const toolName = names.get(toolCallId) ?? ""
      const output = outputOf(plain(message.content))
      return { role: "tool", content: [{ type: "tool-result", toolCallId, toolName, output }] }
    }
  }
}

function assistantOf(
  message: Extract<ChatMessage, { role: "assistant" }>,
  names: Map<string, string>,
): LanguageModelV4Message {
  const said = message.content ? plain(message.content) : ""
  const calls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: input } }) => {
    names.set(id, name)
    return { type: "tool-call" as const, toolCallId: id, toolName: name, input: readJson(input) }
  })
  const content = said ? [{ type: "text" as const, text: said }, ...calls] : calls
  return { role: "assistant", content }
}

function outputOf(content: string): LanguageModelV4ToolResultOutput {
  const value = readJson(content)
  // What JSON.parse answers is JSON.
  return typeof value === "string"
    ? { type: "text", value }
    : {
        type: "json",
        value: value as Extract<LanguageModelV4ToolResultOutput, { type: "json" }>["value"],
      }
}

function readJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return content
  }
}

const plain = (content: z.infer<typeof text>) =>
  typeof content === "string" ? content : content.map((part) => part.text).join("")
