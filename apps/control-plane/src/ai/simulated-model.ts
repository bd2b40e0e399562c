import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider"
import type { AppModel } from "./app-models.ts"
import { sampleOf } from "./sample-of.ts"

const quotedMax = 200

/**
 * Answers where no language model is connected: it says that it is simulated and understands nothing. An
 * object that is asked for has the form of its schema; a tool that must be called is called.
 */
const model: LanguageModelV4 = {
  ...{ specificationVersion: "v4", provider: "simulated", modelId: "simulated", supportedUrls: {} },
  doGenerate: () => Promise.reject(new Error("apps are answered by streams")),
  doStream: async (asked) => ({ stream: streamOf(asked) }),
}

export const simulatedModel: AppModel = {
  model,
  info: {
    ...{ provider: "simulated", model: "simulated", simulated: true },
    label: "Simulated, no language model",
  },
  costOf: () => 0,
}

function streamOf(asked: LanguageModelV4CallOptions): ReadableStream<LanguageModelV4StreamPart> {
  const called = calledTool(asked)
  const said = called ? called.input : textFor(asked)
  const parts: LanguageModelV4StreamPart[] = [
    { type: "stream-start", warnings: [] },
    ...(called ? [called] : inPieces(said)),
    {
      type: "finish",
      finishReason: { unified: called ? "tool-calls" : "stop", raw: undefined },
      usage: {
        inputTokens: counted(JSON.stringify(asked.prompt).length),
        outputTokens: { total: tokens(said.length), text: tokens(said.length), reasoning: 0 },
      },
    },
  ]
  return ReadableStream.from(parts)
}

const tokens = (characters: number) => Math.ceil(characters / 4)
const counted = (characters: number) => {
  const total = tokens(characters)
  return { total, noCache: total, cacheRead: 0, cacheWrite: 0 }
}

function inPieces(text: string): LanguageModelV4StreamPart[] {
  const pieces = text.match(/[\s\S]{1,24}/gu) ?? []
  const deltas = pieces.map((delta) => ({ type: "text-delta" as const, id: "1", delta }))
  return [{ type: "text-start", id: "1" }, ...deltas, { type: "text-end", id: "1" }]
}

/** A call where one is asked for, and was not answered yet. */
function calledTool({ tools = [], toolChoice, prompt }: LanguageModelV4CallOptions) {
  const must = toolChoice?.type === "required" || toolChoice?.type === "tool"
  if (!must || prompt.at(-1)?.role === "tool") return undefined
  const wanted = toolChoice.type === "tool" ? toolChoice.toolName : undefined
  const tool = tools.find(
    (each) => each.type === "function" && (wanted === undefined || each.name === wanted),
  )
  if (tool?.type !== "function") return undefined
  return {
    ...{ type: "tool-call" as const, toolCallId: "call_simulated", toolName: tool.name },
    input: JSON.stringify(sampleOf(tool.inputSchema)),
  }
}

function textFor({ responseFormat, prompt }: LanguageModelV4CallOptions): string {
  if (responseFormat?.type === "json") {
    return JSON.stringify(
      responseFormat.schema ? sampleOf(responseFormat.schema) : { simulated: true },
    )
  }
  const last = prompt.findLast(({ role }) => role === "user")
  const parts = last?.role === "user" ? last.content : []
  const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join(" ")
  const quoted = text.length > quotedMax ? `${text.slice(0, quotedMax)}…` : text
  return `[simulated] No language model is connected to this platform, so nothing has thought about this. It was asked: “${quoted}”`
}
