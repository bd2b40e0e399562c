import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider"
import { collectAnswer, type RecordedAnswer } from "../work/recorded-answer.ts"

/** Who thinks behind a wire: the same for all of them. */
export type Brain = (
  asked: Pick<LanguageModelV4CallOptions, "prompt" | "tools" | "abortSignal">,
) => Promise<RecordedAnswer> | RecordedAnswer

export const brainOf =
  (model: LanguageModelV4): Brain =>
  async (asked) =>
    collectAnswer((await model.doStream(asked)).stream)

/** What goes wrong with a request, in every wire's own way. */
export interface Fault {
  /** it is answered with this, and no stream; the message may be one of the wire's own */
  refused?: {
    status: number
    /** when it may be asked again */
    retrySeconds?: number
    message?: "tooLong" | "tooMuch" | string
  }
  /** after so many events the stream does not go on as it should */
  ends?: { after: number; by: StreamEnd }
  /** nothing comes for so long, in `ms` */
  silentMs?: number
}

export type StreamEnd = "cut" | "closed" | "error" | "garbage" | "silence"

/** What a model of a simulator does. */
export interface Behaviour {
  brain: Brain
  fault?: Fault | undefined
}

/** What an answer is made of, for whoever writes one by hand. */
export interface Words {
  reasoning?: string
  text?: string
  calls?: readonly { id?: string; name: string; input: unknown }[]
  finish?: RecordedAnswer["finishReason"]["unified"]
  inputTokens?: number
  outputTokens?: number
}

export function answerOf(words: Words): RecordedAnswer {
  const { reasoning, text, calls = [], inputTokens = 10, outputTokens = 5 } = words
  const said = calls.map(({ id, name, input }, index) => ({
    ...{ type: "tool-call" as const, toolCallId: id ?? `call_${index + 1}`, toolName: name },
    input: typeof input === "string" ? input : JSON.stringify(input),
  }))
  return {
    content: [
      ...(reasoning ? [{ type: "reasoning" as const, text: reasoning }] : []),
      ...(text ? [{ type: "text" as const, text }] : []),
      ...said,
    ],
    finishReason: {
      unified: words.finish ?? (said.length > 0 ? "tool-calls" : "stop"),
      raw: undefined,
    },
    usage: {
      inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: outputTokens, text: outputTokens, reasoning: 0 },
    },
  }
}

/** Faults that a model's name asks for; with `-once` only the first request of that name meets it. */
const faults: Record<string, Fault> = {
  "fail-500": { refused: { status: 500 } },
  "rate-limit": { refused: { status: 429, retrySeconds: 1 } },
  overloaded: { refused: { status: 529 } },
  "too-long": { refused: { status: 400, message: "tooLong" } },
  "die-mid-stream": { ends: { after: 2, by: "cut" } },
  "close-mid-stream": { ends: { after: 2, by: "closed" } },
  slow: { silentMs: 60_000 },
}

/** Brains that make no sense, by the names that ask for them. */
const strangeBrains: Record<string, Brain> = {
  nonsense: ({ prompt }) =>
    answerOf({
      text: "Wibble 0xDEAD {{{ the moon",
      calls: [{ id: `n${prompt.length}`, name: "write_file", input: '{"path": 12, "content":' }],
    }),
  "unknown-tool": ({ prompt }) =>
    answerOf({ calls: [{ id: `u${prompt.length}`, name: "make_coffee", input: {} }] }),
  loop: ({ prompt }) =>
    answerOf({ calls: [{ id: `l${prompt.length}`, name: "list_files", input: {} }] }),
}

/**
 * What each model does by its name: a brain's name, a fault's, or the offline brain. A fault has the
 * brain of the same name, if there is one, so that it can be seen how the work goes on.
 */
export function byName(brains: Readonly<Record<string, Brain>> & { offline: Brain }) {
  const seen = new Set<string>()
  const named = <T>(all: Readonly<Record<string, T>>, name: string) =>
    Object.hasOwn(all, name) ? all[name] : undefined
  return (model: string): Behaviour => {
    const name = model.replace(/-once$/, "")
    const again = name !== model && seen.has(model)
    seen.add(model)
    const strange = again ? undefined : named(strangeBrains, name)
    const brain = strange ?? named(brains, model) ?? brains.offline
    return { brain, fault: again ? undefined : named(faults, name) }
  }
}
