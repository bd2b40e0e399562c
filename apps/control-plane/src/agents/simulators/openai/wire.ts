import { z } from "zod"
import type { RecordedAnswer } from "../../work/recorded-answer.ts"
import {
  callOf,
  messagesOf,
  Refused,
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
  namedEvent,
  openaiError,
  piecesOf,
  type ReplyHead,
  tokensOf,
  type Wire,
} from "../wire.ts"

/** What a server keeps of its answers: a request names it by its id instead of repeating it. */
type Kept = Map<string, Turn>

/** OpenAI's responses, streamed. */
export function openaiWire(): Wire {
  const kept: Kept = new Map()
  return {
    base: "v1",
    path: /^\/responses$/,
    keyOf: bearer,
    read(body) {
      const { input, tools } = request.parse(body)
      const turns = input.flatMap((item) => turnsOf(item, kept))
      turns.forEach((turn, index) => {
        const next = turns[index + 1]
        if (isThought(turn) && next?.role !== "assistant") {
          throw new Refused("A reasoning item was provided without its required following item.")
        }
      })
      return {
        prompt: messagesOf(turns),
        tools: tools.map(({ name, parameters }) => toolOf(name, parameters)),
      }
    },
    write: (answer, head) => eventsOf(answer, head, kept),
    frame: namedEvent,
    error: openaiError,
    brokenBy: (message) => ({
      ...{ type: "error", sequence_number: 99, code: "server_is_overloaded", message, param: null },
    }),
    tooLong:
      "Your input exceeds the context window of this model. Please adjust your input and try again.",
    tooMuch:
      "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= 16384, but got 32000 instead.",
  }
}

const isThought = (turn: Turn) => turn.role === "assistant" && turn.part.type === "reasoning"

const userPart = z.discriminatedUnion("type", [
  z.object({ type: z.literal("input_text"), text: z.string() }),
  z.object({ type: z.literal("input_image"), image_url: z.string() }),
])

const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content: someText("input_text") }),
  z.object({ role: z.literal("user"), content: z.array(userPart).min(1) }),
  z.object({ role: z.literal("assistant"), content: someText("output_text") }),
])
const item = z.discriminatedUnion("type", [
  z.object({
    ...{ type: z.literal("function_call"), call_id: z.string().min(1) },
    ...{ name: z.string(), arguments: z.string() },
  }),
  z.object({
    type: z.literal("function_call_output"),
    ...{ call_id: z.string(), output: someText("input_text") },
  }),
  z.object({ type: z.literal("item_reference"), id: z.string() }),
])

const request = z.object({
  model: z.string(),
  stream: z.literal(true),
  input: z.array(z.union([item, message])),
  tools: z
    .array(z.object({ type: z.literal("function"), name: z.string(), parameters: toolSchema }))
    .default([]),
})

type Input = z.infer<typeof item> | z.infer<typeof message>

function turnsOf(said: Input, kept: Kept): Turn[] {
  if (!("role" in said) || said.role !== "user") return [turnOf(said, kept)]
  return said.content.map((part) =>
    part.type === "input_text" ? { role: "user", text: part.text } : turnOfAddress(part.image_url),
  )
}

function turnOf(said: Exclude<Input, { role: "user" }>, kept: Kept): Turn {
  if ("role" in said) {
    if (said.role === "assistant") return saidOf("text", said.content)
    return { role: "system", text: said.content }
  }
  if (said.type === "function_call") {
    return callOf(said.call_id, said.name, readJson(said.arguments))
  }
  if (said.type === "function_call_output") {
    return { role: "tool", id: said.call_id, text: said.output }
  }
  const turn = kept.get(said.id)
  if (!turn) throw new Refused(`Item with id '${said.id}' not found.`)
  return turn
}

const reasons: Record<string, string> = {
  length: "max_output_tokens",
  "content-filter": "content_filter",
}

function eventsOf(answer: RecordedAnswer, head: ReplyHead, kept: Kept): object[] {
  const { input, cached, output, reasoning } = tokensOf(answer)
  const reason = reasons[answer.finishReason.unified]
  const state = reason ? "incomplete" : "completed"
  const response = { id: `resp_${head.number}`, created_at: head.created, model: head.model }
  const usage = {
    ...{ input_tokens: input, input_tokens_details: { cached_tokens: cached } },
    ...{ output_tokens: output, output_tokens_details: { reasoning_tokens: reasoning } },
  }
  const ended = {
    ...response,
    status: state,
    incomplete_details: reason ? { reason } : null,
    usage,
  }
  const items = answer.content.flatMap((part, output_index) => {
    const id = `item_${head.number}_${output_index}`
    const { item, deltas } = itemOf(part, id)
    kept.set(id, keptOf(part))
    return [
      { type: "response.output_item.added", output_index, item: { ...item, ...unfilled(item) } },
      ...deltas.map((delta) => ({ ...delta, output_index, item_id: id })),
      { type: "response.output_item.done", output_index, item },
    ]
  })
  return [
    { type: "response.created", response: { ...response, status: "in_progress" } },
    { type: "response.in_progress", response: { ...response, status: "in_progress" } },
    ...items,
    { type: `response.${state}`, response: ended },
  ].map((event, sequence_number) => ({ ...event, sequence_number }))
}

type Part = RecordedAnswer["content"][number]

const keptOf = (part: Part): Turn =>
  part.type === "tool-call"
    ? callOf(part.toolCallId, part.toolName, readJson(part.input))
    : saidOf(part.type, part.text)

/** An item as it is before any of it has come. */
const unfilled = (item: object) => ({
  ...("content" in item ? { content: [] } : {}),
  ...("summary" in item ? { summary: [] } : {}),
  ...("arguments" in item ? { arguments: "" } : {}),
})

function itemOf(part: Part, id: string): { item: object; deltas: object[] } {
  if (part.type === "tool-call") {
    const call = { call_id: part.toolCallId, name: part.toolName, arguments: part.input }
    const type = "response.function_call_arguments"
    return {
      item: { type: "function_call", id, status: "completed", ...call },
      deltas: [
        ...piecesOf(part.input).map((delta) => ({ type: `${type}.delta`, delta })),
        { type: `${type}.done`, arguments: part.input },
      ],
    }
  }
  if (part.type === "reasoning") {
    const type = "response.reasoning_summary"
    const whole = { type: "summary_text", text: part.text }
    const steps = [
      { type: `${type}_part.added`, part: { ...whole, text: "" } },
      ...piecesOf(part.text).map((delta) => ({ type: `${type}_text.delta`, delta })),
      { type: `${type}_text.done`, text: part.text },
      { type: `${type}_part.done`, part: whole },
    ]
    return {
      item: { type: "reasoning", id, summary: [whole] },
      deltas: steps.map((step) => ({ ...step, summary_index: 0 })),
    }
  }
  const whole = { type: "output_text", text: part.text, annotations: [] }
  const steps = [
    { type: "response.content_part.added", part: { ...whole, text: "" } },
    ...piecesOf(part.text).map((delta) => ({ type: "response.output_text.delta", delta })),
    { type: "response.output_text.done", text: part.text },
    { type: "response.content_part.done", part: whole },
  ]
  const content = [whole]
  return {
    item: { type: "message", id, status: "completed", role: "assistant", content },
    deltas: steps.map((step) => ({ ...step, content_index: 0 })),
  }
}
