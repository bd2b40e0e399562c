import { z } from "zod"
import type { RecordedAnswer } from "../../work/recorded-answer.ts"
import {
  callOf,
  messagesOf,
  readJson,
  saidOf,
  someText,
  type Turn,
  toolOf,
  toolSchema,
  turnOfAddress,
} from "../conversation.ts"
import {
  bearer,
  dataLine,
  openaiError,
  piecesOf,
  type ReplyHead,
  tokensOf,
  type Wire,
} from "../wire.ts"
import type { Dialect } from "./dialects.ts"

/** Chat completions, streamed, as one of the many servers that speak them. */
export const chatWire = (dialect: Dialect): Wire => ({
  base: "v1",
  path: /^\/chat\/completions$/,
  keyOf: bearer,
  read(body) {
    const { messages, tools } = request.parse(body)
    return {
      prompt: messagesOf(messages.flatMap(turnsOf)),
      tools: tools.map(({ function: { name, parameters } }) => toolOf(name, parameters)),
    }
  },
  write: (answer, head) => eventsOf(answer, head, dialect),
  frame: (event) => `${dialect.comments ?? ""}${dataLine(event)}`,
  end: "data: [DONE]\n\n",
  error: openaiError,
  brokenBy: (message) => ({ error: { message, type: "overloaded_error", code: 503 } }),
  tooLong: dialect.tooLong,
  tooMuch: dialect.tooMuch,
})

const toolCall = z.object({
  ...{ id: z.string().min(1), type: z.literal("function") },
  function: z.object({ name: z.string(), arguments: z.string() }),
})

const userPart = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
])

const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content: someText("text") }),
  z.object({ role: z.literal("user"), content: z.union([z.string(), z.array(userPart).min(1)]) }),
  z
    .object({
      role: z.literal("assistant"),
      content: z.string().nullish(),
      reasoning_content: z.string().optional(),
      tool_calls: z.array(toolCall).optional(),
    })
    .refine(
      ({ content, tool_calls }) => content || tool_calls,
      "an answer says or calls something",
    ),
  z.object({ role: z.literal("tool"), tool_call_id: z.string(), content: z.string() }),
])

const request = z.object({
  model: z.string(),
  messages: z.array(message),
  stream: z.literal(true),
  tools: z
    .array(
      z.object({
        type: z.literal("function"),
        function: z.object({ name: z.string(), parameters: toolSchema }),
      }),
    )
    .default([]),
})

function turnsOf(said: z.infer<typeof message>): Turn[] {
  switch (said.role) {
    case "system":
    case "developer":
      return [{ role: "system", text: said.content }]
    case "user":
      if (typeof said.content === "string") return [{ role: "user", text: said.content }]
      return said.content.map((part) =>
        part.type === "text"
          ? { role: "user", text: part.text }
          : turnOfAddress(part.image_url.url),
      )
    case "tool":
      return [{ role: "tool", id: said.tool_call_id, text: said.content }]
    case "assistant":
      return [
        ...(said.reasoning_content ? [saidOf("reasoning", said.reasoning_content)] : []),
        ...(said.content ? [saidOf("text", said.content)] : []),
        ...(said.tool_calls ?? []).map(({ id, function: { name, arguments: input } }) =>
          callOf(id, name, readJson(input)),
        ),
      ]
  }
}

const reasons: Record<string, string> = { length: "length", "content-filter": "content_filter" }

function eventsOf(answer: RecordedAnswer, head: ReplyHead, dialect: Dialect): object[] {
  const { opening, noUsage, endOfCalls } = dialect
  const same = { id: `chatcmpl-${head.number}`, created: head.created, model: head.model }
  const chunk = (choices: object[]) => ({ ...same, object: "chat.completion.chunk", choices })
  const first = Object.keys(opening.delta).length > 0 ? [opening.delta] : []
  const every = opening.in === "every" ? opening.delta : {}
  const calls = answer.content.filter((part) => part.type === "tool-call")
  const deltas = answer.content.flatMap((part) =>
    part.type === "tool-call"
      ? callDeltas(part, { dialect, place: calls.indexOf(part), number: head.number })
      : piecesOf(part.text).map((text) => ({
          [part.type === "text" ? "content" : dialect.thoughts]: text,
        })),
  )
  const finish_reason =
    reasons[answer.finishReason.unified] ?? (calls.length > 0 ? endOfCalls : "stop")
  const { input, cached, output, reasoning } = tokensOf(answer)
  const usage = {
    ...{ prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
  return [
    ...[...first, ...deltas].map((delta) =>
      chunk([{ index: 0, delta: { ...every, ...delta }, finish_reason: null }]),
    ),
    chunk([{ index: 0, delta: every, finish_reason }]),
    ...(noUsage ? [] : [{ ...chunk([]), usage }]),
  ]
}

type Call = Extract<RecordedAnswer["content"][number], { type: "tool-call" }>

function callDeltas(
  { toolCallId, toolName, input }: Call,
  { dialect, place, number }: { dialect: Dialect; place: number; number: number },
): object[] {
  const { lump, index, callId } = dialect
  const id = callId(toolCallId, number * 100 + place)
  const where = { counted: { index: place }, zero: { index: 0 }, none: {} }[index]
  const delta = (rest: object) => ({ tool_calls: [{ ...where, ...rest }] })
  const opening = (text: string) =>
    delta({
      ...(id === undefined ? {} : { id }),
      ...{ type: "function", function: { name: toolName, arguments: text } },
    })
  if (lump) return [opening(input)]
  return [opening(""), ...piecesOf(input).map((piece) => delta({ function: { arguments: piece } }))]
}
