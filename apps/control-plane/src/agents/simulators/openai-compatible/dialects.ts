/** How a server's chat completions differ from what its siblings write. */
export interface Dialect {
  /** the field that thoughts come in */
  thoughts: "reasoning" | "reasoning_content"
  /** what the first event says, or every one */
  opening: { delta: object; in: "first" | "every" }
  /** the arguments of a call come with its name, in one lump */
  lump?: true
  /** what a call's id is */
  callId: (id: string, number: number) => string | undefined
  /** what says which call a piece belongs to */
  index: "counted" | "zero" | "none"
  /** how an answer with calls ends */
  endOfCalls: "tool_calls" | "stop"
  /** nothing is ever said of tokens */
  noUsage?: true
  /** comments that keep the connection alive, between events */
  comments?: string
  tooLong: string
  tooMuch: string
}

const plain: Dialect = {
  thoughts: "reasoning_content",
  opening: { delta: { role: "assistant", content: "" }, in: "first" },
  callId: (id) => id,
  index: "counted",
  endOfCalls: "tool_calls",
  tooLong:
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
  tooMuch:
    "max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.",
}

/** Servers by the names they are known by; `compatible` does as OpenAI's own chat completions do. */
export const dialects = {
  compatible: plain,
  ollama: {
    ...plain,
    thoughts: "reasoning",
    opening: { delta: { role: "assistant", content: "" }, in: "every" },
    lump: true,
    index: "zero",
    endOfCalls: "stop",
  },
  vllm: {
    ...plain,
    callId: (_, number) => `chatcmpl-tool-${number.toString(16).padStart(32, "0")}`,
    tooMuch:
      "'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is 8192 tokens and your request has 500 input tokens.",
  },
  "lm-studio": {
    ...plain,
    opening: { delta: { role: "assistant" }, in: "every" },
    callId: (_, number) => String(100_000_000 + number),
    tooLong:
      "Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.",
  },
  "llama-cpp": {
    ...plain,
    opening: { delta: { role: "assistant", content: null }, in: "first" },
    callId: () => "",
    comments: ":\n\n",
    tooLong:
      "the request exceeds the available context size. try increasing the context size or enable context shift",
  },
  /** the least that a server which calls itself compatible sends */
  sparse: {
    ...plain,
    opening: { delta: {}, in: "first" },
    lump: true,
    callId: () => undefined,
    index: "none",
    endOfCalls: "stop",
    noUsage: true,
    comments: ": still here\n\n",
    tooMuch: "`max_tokens` must be less than or equal to `8192`",
  },
} satisfies Record<string, Dialect>

export type DialectName = keyof typeof dialects
