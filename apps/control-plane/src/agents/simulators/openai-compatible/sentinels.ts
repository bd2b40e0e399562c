import type { LanguageModelV4StreamPart } from "@ai-sdk/provider"

/** Model names that misbehave on purpose; with `-once` only the first request of that name does. */
export const sentinels = [
  "fail-500",
  "rate-limit",
  "die-mid-stream",
  "nonsense",
  "unknown-tool",
  "loop",
  "slow",
] as const
export type Sentinel = (typeof sentinels)[number]

/** Which fault a request asks for by its model's name, if it is its turn. */
export function makeSentinels() {
  const seen = new Set<string>()
  return (model: string): Sentinel | undefined => {
    const name = model.replace(/-once$/, "")
    const fault = sentinels.find((each) => each === name)
    if (!fault || name === model) return fault
    if (seen.has(model)) return undefined
    seen.add(model)
    return fault
  }
}

/** Answers that make no sense, as streams of parts. */
export const strangeAnswers: Partial<
  Record<Sentinel, (request: number) => LanguageModelV4StreamPart[]>
> = {
  nonsense: (request) => [
    ...said("Wibble 0xDEAD {{{ the moon"),
    call(`n${request}`, "write_file", '{"path": 12, "content":'),
    ending("tool-calls"),
  ],
  "unknown-tool": (request) => [call(`u${request}`, "make_coffee", "{}"), ending("tool-calls")],
  loop: (request) => [call(`l${request}`, "list_files", "{}"), ending("tool-calls")],
}

function said(delta: string): LanguageModelV4StreamPart[] {
  return [
    { type: "text-start", id: "t" },
    { type: "text-delta", id: "t", delta },
    { type: "text-end", id: "t" },
  ]
}

const call = (toolCallId: string, toolName: string, input: string): LanguageModelV4StreamPart => ({
  ...{ type: "tool-call", toolCallId, toolName, input },
})

const ending = (unified: "tool-calls" | "stop"): LanguageModelV4StreamPart => ({
  type: "finish",
  finishReason: { unified, raw: undefined },
  usage: {
    inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 10, text: 10, reasoning: 0 },
  },
})
