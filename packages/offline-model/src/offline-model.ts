/**
 * The offline model: what works where no language model does. It is a set of fixed rules that has a
 * starter written and proved which a person confirmed, and builds nothing else. Stateless: everything
 * it decides comes from the messages. It thinks in a thread of its own, so that nobody waits for it.
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider"
import type { Call, ModelAnswer } from "./call.ts"
import { makeThread, type Thread } from "./thread.ts"

export function makeOfflineModel(): LanguageModelV4 {
  const thread = makeThread(new URL("./worker.ts", import.meta.url))
  return {
    specificationVersion: "v4",
    provider: "vibecaas",
    modelId: "offline",
    supportedUrls: {},
    doGenerate: async (options) => ({ ...(await answer(thread, options)), warnings: [] }),
    doStream: async (options) => {
      const { content, ...end } = await answer(thread, options)
      const parts = [...opening, ...content.flatMap(partsOf), { type: "finish" as const, ...end }]
      return { stream: ReadableStream.from(told(parts, options.abortSignal)) }
    },
  }
}

async function answer(thread: Thread, options: LanguageModelV4CallOptions): Promise<ModelAnswer> {
  const { prompt, tools, toolChoice, abortSignal } = options
  const call: Call = { prompt, ...(tools ? { tools } : {}), ...(toolChoice ? { toolChoice } : {}) }
  // Written by `worker.ts` from a `ModelAnswer`.
  return JSON.parse(await thread.ask(JSON.stringify(call), abortSignal)) as ModelAnswer
}

const opening: LanguageModelV4StreamPart[] = [
  { type: "stream-start", warnings: [] },
  { type: "response-metadata", modelId: "offline" },
]

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

async function* told(parts: LanguageModelV4StreamPart[], signal: AbortSignal | undefined) {
  for (const part of parts) {
    signal?.throwIfAborted()
    yield part
  }
}
