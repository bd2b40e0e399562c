/**
 * The offline model: a language model that needs no network. It is a set of fixed rules that knows
 * one kind of app, and it says so. Stateless: everything it decides comes from the messages.
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider"
import { think } from "./think.ts"
import { readTranscript } from "./transcript.ts"
import type { Turn } from "./turn.ts"

export function makeOfflineModel(): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "vibecaas",
    modelId: "offline",
    supportedUrls: {},
    doGenerate: async (options) => {
      const { content, ...end } = answer(options)
      return { content, ...end, warnings: [] }
    },
    doStream: async (options) => {
      const { content, ...end } = answer(options)
      return {
        stream: streamOf(
          [...opening(), ...content.flatMap(partsOf), { type: "finish", ...end }],
          options,
        ),
      }
    },
  }
}

function answer(options: LanguageModelV4CallOptions) {
  options.abortSignal?.throwIfAborted()
  const transcript = readTranscript(options)
  const turn = think(transcript)
  const content = contentOf(turn, transcript.uses.length)
  const calls = turn.calls.length > 0
  return {
    content,
    usage: usageOf(options, content),
    finishReason: { unified: calls ? ("tool-calls" as const) : ("stop" as const), raw: undefined },
  }
}

/** Calls are numbered through the conversation, so ids are unique in it and the same on a replay. */
function contentOf(turn: Turn, usesSoFar: number): LanguageModelV4Content[] {
  const calls = turn.calls.map(({ name, input }, index): LanguageModelV4Content => {
    const toolCallId = `call_${usesSoFar + index + 1}`
    return { type: "tool-call", toolCallId, toolName: name, input: JSON.stringify(input) }
  })
  return turn.text === "" ? calls : [{ type: "text", text: turn.text }, ...calls]
}

/** A token is taken to be four characters, in and out; there is no cache. */
function usageOf(
  options: LanguageModelV4CallOptions,
  content: LanguageModelV4Content[],
): LanguageModelV4Usage {
  const read = tokens(options.prompt) + tokens(options.tools ?? [])
  const written = tokens(content)
  return {
    inputTokens: { total: read, noCache: read, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: written, text: written, reasoning: 0 },
  }
}

function tokens(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / 4)
}

function opening(): LanguageModelV4StreamPart[] {
  return [
    { type: "stream-start", warnings: [] },
    { type: "response-metadata", modelId: "offline" },
  ]
}

function partsOf(content: LanguageModelV4Content): LanguageModelV4StreamPart[] {
  if (content.type === "text") {
    const words = content.text.match(/\S+\s*|\s+/g) ?? []
    const deltas = words.map(
      (delta): LanguageModelV4StreamPart => ({ type: "text-delta", id: "text", delta }),
    )
    return [{ type: "text-start", id: "text" }, ...deltas, { type: "text-end", id: "text" }]
  }
  if (content.type !== "tool-call") return []
  const { toolCallId: id, toolName, input } = content
  const deltas = (input.match(/[\s\S]{1,2000}/g) ?? []).map((delta): LanguageModelV4StreamPart => {
    return { type: "tool-input-delta", id, delta }
  })
  return [
    { type: "tool-input-start", id, toolName },
    ...deltas,
    { type: "tool-input-end", id },
    content,
  ]
}

function streamOf(parts: LanguageModelV4StreamPart[], options: LanguageModelV4CallOptions) {
  let next = 0
  return new ReadableStream<LanguageModelV4StreamPart>({
    pull(controller) {
      if (options.abortSignal?.aborted) return controller.error(options.abortSignal.reason)
      const part = parts[next++]
      if (part) controller.enqueue(part)
      else controller.close()
    },
  })
}
