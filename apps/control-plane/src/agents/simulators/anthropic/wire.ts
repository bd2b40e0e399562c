import { z } from "zod"
import type { RecordedAnswer } from "../../work/recorded-answer.ts"
import {
  callOf,
  checkSignature,
  messagesOf,
  saidOf,
  signatureOf,
  someText,
  type Turn,
  toolOf,
  toolSchema,
} from "../conversation.ts"
import { namedEvent, piecesOf, type ReplyHead, tokensOf, type Wire } from "../wire.ts"

/** Anthropic's messages, streamed. */
export const anthropicWire: Wire = {
  base: "v1",
  path: /^\/messages$/,
  keyOf: (headers) => String(headers["x-api-key"] ?? ""),
  read(body) {
    const { system, messages, tools } = request.parse(body)
    const turns = messages.flatMap(({ role, content }) => content.map((part) => turnOf(role, part)))
    const first: Turn[] = system ? [{ role: "system", text: system }] : []
    return {
      prompt: messagesOf([...first, ...turns]),
      tools: tools.map(({ name, input_schema }) => toolOf(name, input_schema)),
    }
  },
  write: eventsOf,
  frame: namedEvent,
  keepAlive: namedEvent({ type: "ping" }),
  error: (status, message) => ({
    type: "error",
    error: { type: errorTypes[status] ?? "api_error", message },
  }),
  brokenBy: (message) => ({ type: "error", error: { type: "overloaded_error", message } }),
  tooLong: "prompt is too long: 208310 tokens > 200000 maximum",
  tooMuch:
    "max_tokens: 64000 > 32000, which is the maximum allowed number of output tokens for this model",
}

const errorTypes: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  429: "rate_limit_error",
  529: "overloaded_error",
}

const block = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({
    type: z.literal("image"),
    source: z.object({
      ...{ type: z.literal("base64"), data: z.base64() },
      media_type: z.enum(["image/jpeg", "image/png", "image/gif", "image/webp"]),
    }),
  }),
  z.object({ type: z.literal("thinking"), thinking: z.string(), signature: z.string() }),
  z.object({
    ...{ type: z.literal("tool_use"), id: z.string().regex(/^[\w-]+$/), name: z.string() },
    input: z.looseObject({}),
  }),
  z.object({ type: z.literal("tool_result"), tool_use_id: z.string(), content: someText("text") }),
])

const request = z.object({
  model: z.string(),
  max_tokens: z.number(),
  stream: z.literal(true),
  system: someText("text").optional(),
  messages: z.array(
    z.object({ role: z.enum(["user", "assistant"]), content: z.array(block).min(1) }),
  ),
  tools: z.array(z.object({ name: z.string(), input_schema: toolSchema })).default([]),
})

function turnOf(role: "user" | "assistant", part: z.infer<typeof block>): Turn {
  switch (part.type) {
    case "text":
      return role === "user" ? { role, text: part.text } : saidOf("text", part.text)
    case "image":
      return {
        role: "user",
        picture: { mediaType: part.source.media_type, base64: part.source.data },
      }
    case "thinking":
      checkSignature(part.signature, part.thinking)
      return saidOf("reasoning", part.thinking)
    case "tool_use":
      return callOf(part.id, part.name, part.input)
    case "tool_result":
      return { role: "tool", id: part.tool_use_id, text: part.content }
  }
}

const reasons: Record<string, string> = {
  "tool-calls": "tool_use",
  length: "max_tokens",
  "content-filter": "refusal",
}

function eventsOf(answer: RecordedAnswer, { number, model }: ReplyHead): object[] {
  const { input, cached, output } = tokensOf(answer)
  const stop_reason = reasons[answer.finishReason.unified] ?? "end_turn"
  const usage = { input_tokens: input - cached, cache_read_input_tokens: cached }
  const message = {
    ...{ id: `msg_${number}`, type: "message", role: "assistant", model, content: [] },
    ...{ stop_reason: null, stop_sequence: null, usage: { ...usage, output_tokens: 1 } },
  }
  return [
    { type: "message_start", message },
    { type: "ping" },
    ...answer.content.flatMap((part, index) => [
      { type: "content_block_start", index, content_block: openingOf(part) },
      ...deltasOf(part).map((delta) => ({ type: "content_block_delta", index, delta })),
      { type: "content_block_stop", index },
    ]),
    {
      type: "message_delta",
      ...{ delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: output } },
    },
    { type: "message_stop" },
  ]
}

type Part = RecordedAnswer["content"][number]

function openingOf(part: Part): object {
  if (part.type === "text") return { type: "text", text: "" }
  if (part.type === "reasoning") return { type: "thinking", thinking: "", signature: "" }
  return { type: "tool_use", id: part.toolCallId, name: part.toolName, input: {} }
}

function deltasOf(part: Part): object[] {
  if (part.type === "text") return piecesOf(part.text).map((text) => ({ type: "text_delta", text }))
  if (part.type === "tool-call") {
    return ["", ...piecesOf(part.input)].map((partial_json) => ({
      type: "input_json_delta",
      partial_json,
    }))
  }
  const signature = { type: "signature_delta", signature: signatureOf(part.text) }
  return [
    ...piecesOf(part.text).map((thinking) => ({ type: "thinking_delta", thinking })),
    signature,
  ]
}
