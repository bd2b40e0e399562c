import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider"

/** What stays the same in all chunks of one answer. */
export interface ReplyHead {
  id: string
  /** seconds since 1970 */
  created: number
  model: string
}

type FinishPart = Extract<LanguageModelV4StreamPart, { type: "finish" }>

const reasons: Record<string, string> = { "tool-calls": "tool_calls", length: "length" }

/** The chunks of `text/event-stream` that one part of an answer becomes. */
export function makeChunker(head: ReplyHead, includeUsage: boolean) {
  let calls = -1
  let first = true
  const chunk = (delta: object, finish: string | null = null) => {
    const role = first ? { role: "assistant" } : {}
    first = false
    const choices = [{ index: 0, delta: { ...role, ...delta }, finish_reason: finish }]
    return { ...head, object: "chat.completion.chunk", choices }
  }
  const callDelta = (index: number, rest: object) => chunk({ tool_calls: [{ index, ...rest }] })
  return (part: LanguageModelV4StreamPart): object[] => {
    if (part.type === "text-delta") return [chunk({ content: part.delta })]
    if (part.type === "tool-call") {
      calls += 1
      const { toolCallId, toolName, input } = part
      const opening = {
        id: toolCallId,
        type: "function",
        function: { name: toolName, arguments: "" },
      }
      const pieces = input.match(/[\s\S]{1,400}/g) ?? []
      const index = calls
      return [
        callDelta(index, opening),
        ...pieces.map((piece) => callDelta(index, { function: { arguments: piece } })),
      ]
    }
    if (part.type !== "finish") return []
    const end = chunk({}, reasonOf(part))
    const usage = {
      ...head,
      object: "chat.completion.chunk",
      choices: [],
      usage: usageOf(part.usage),
    }
    return includeUsage ? [end, usage] : [end]
  }
}

/** The same answer as one JSON body. */
export function wholeReply(head: ReplyHead, parts: readonly LanguageModelV4StreamPart[]): object {
  const content = parts.flatMap((part) => (part.type === "text-delta" ? [part.delta] : [])).join("")
  const calls = parts.flatMap((part) =>
    part.type === "tool-call"
      ? [
          {
            id: part.toolCallId,
            type: "function",
            function: { name: part.toolName, arguments: part.input },
          },
        ]
      : [],
  )
  const finish = parts.find((part) => part.type === "finish")
  const message = { role: "assistant", content, ...(calls.length > 0 ? { tool_calls: calls } : {}) }
  return {
    ...head,
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: finish ? reasonOf(finish) : "stop" }],
    ...(finish ? { usage: usageOf(finish.usage) } : {}),
  }
}

const reasonOf = ({ finishReason }: FinishPart) => reasons[finishReason.unified] ?? "stop"

function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage) {
  const prompt_tokens = inputTokens.total ?? 0
  const completion_tokens = outputTokens.total ?? 0
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}
