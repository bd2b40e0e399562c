import type { LanguageModelV4FinishReason } from "@ai-sdk/provider"
import type { UsedTokens } from "../app-models.ts"

/** A piece of an answer, in the order in which it was given. */
export type Piece =
  | { text: string }
  /** a call begins; calls are counted from 0 */
  | { call: { index: number; id: string; name: string } }
  | { arguments: { index: number; text: string } }
  | { end: { reason: LanguageModelV4FinishReason["unified"]; used: UsedTokens } }

/** What all of one answer's objects have in common. */
export interface AnswerHead {
  id: string
  /** seconds since 1970 */
  created: number
  /** who answers */
  model: string
  simulated: boolean
}

const reasons: Partial<Record<LanguageModelV4FinishReason["unified"], string>> = {
  length: "length",
  "content-filter": "content_filter",
  "tool-calls": "tool_calls",
}

const fingerprint = ({ simulated }: AnswerHead) =>
  simulated ? { system_fingerprint: "simulated" } : {}

const usageOf = ({ input, cacheRead, output }: UsedTokens) => ({
  ...{ prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  prompt_tokens_details: { cached_tokens: cacheRead },
})

/** The events of a streamed answer, each as it is sent. */
export async function* eventsOf(
  pieces: AsyncIterable<Piece>,
  head: AnswerHead,
  { includeUsage }: { includeUsage: boolean },
): AsyncGenerator<string> {
  const { id, created, model } = head
  const same = { id, object: "chat.completion.chunk", created, model, ...fingerprint(head) }
  const chunk = (delta: object, finish_reason: string | null = null) =>
    eventOf({ ...same, choices: [{ index: 0, delta, logprobs: null, finish_reason }] })
  yield chunk({ role: "assistant", content: "" })
  for await (const piece of pieces) {
    if ("text" in piece) yield chunk({ content: piece.text })
    if ("call" in piece) {
      const { index, id: callId, name } = piece.call
      const called = { name, arguments: "" }
      yield chunk({ tool_calls: [{ index, id: callId, type: "function", function: called }] })
    }
    if ("arguments" in piece) {
      const { index, text } = piece.arguments
      yield chunk({ tool_calls: [{ index, function: { arguments: text } }] })
    }
    if ("end" in piece) {
      yield chunk({}, reasons[piece.end.reason] ?? "stop")
      if (includeUsage) yield eventOf({ ...same, choices: [], usage: usageOf(piece.end.used) })
    }
  }
  yield "data: [DONE]\n\n"
}

export const eventOf = (event: object) => `data: ${JSON.stringify(event)}\n\n`

/** The whole answer as one object. */
export async function completionOf(
  pieces: AsyncIterable<Piece>,
  head: AnswerHead,
): Promise<object> {
  let text = ""
  let end: Extract<Piece, { end: unknown }>["end"] | undefined
  const calls: { id: string; type: "function"; function: { name: string; arguments: string } }[] =
    []
  for await (const piece of pieces) {
    if ("text" in piece) text += piece.text
    if ("call" in piece) {
      const { id, name } = piece.call
      calls.push({ id, type: "function", function: { name, arguments: "" } })
    }
    if ("arguments" in piece) {
      const called = calls[piece.arguments.index]?.function
      if (called) called.arguments += piece.arguments.text
    }
    if ("end" in piece) end = piece.end
  }
  const content = text === "" && calls.length > 0 ? null : text
  const message = { role: "assistant", content, refusal: null }
  const { id, created, model } = head
  return {
    ...{ id, object: "chat.completion", created, model, ...fingerprint(head) },
    choices: [
      {
        index: 0,
        message: calls.length > 0 ? { ...message, tool_calls: calls } : message,
        logprobs: null,
        finish_reason: (end && reasons[end.reason]) ?? "stop",
      },
    ],
    ...(end ? { usage: usageOf(end.used) } : {}),
  }
}
