import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider"
import { fault } from "@vibecaas/kernel/fault"

type Kept = Extract<LanguageModelV4Content, { type: "text" | "reasoning" | "tool-call" }>
type Metadata = Kept["providerMetadata"]

/** A model's whole answer, as the journal keeps it and `said` sends it again. */
export interface RecordedAnswer {
  content: Kept[]
  finishReason: LanguageModelV4FinishReason
  usage: LanguageModelV4Usage
}

/**
 * Reads an answer to its end: nothing acts on a part of an answer before all of it is recorded.
 *
 * @param heard told of every part as it arrives; the next one waits until it is done
 * @throws Fault `answer_broke_off` when the stream ends early, `answer_refused` when the model will
 * not answer; whatever the stream reports as error
 */
export async function collectAnswer(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  heard: (part: LanguageModelV4StreamPart) => Promise<void> = async () => {},
): Promise<RecordedAnswer> {
  const content: Kept[] = []
  const open = new Map<string, Extract<Kept, { type: "text" | "reasoning" }>>()
  for await (const part of stream) {
    await heard(part)
    if (part.type === "error") throw part.error
    if (part.type === "finish") {
      const { finishReason, usage } = part
      if (brokenEnds.has(finishReason.unified)) break
      if (finishReason.unified === "content-filter") throw refused()
      return { content, finishReason, usage }
    }
    if (part.type === "tool-call") content.push(part)
    if (part.type === "text-start" || part.type === "reasoning-start") {
      const block = { type: wordOf(part.type), text: "", ...metadataOf(part.providerMetadata) }
      open.set(part.id, block)
      content.push(block)
    }
    if (part.type === "text-delta" || part.type === "reasoning-delta") {
      const block = open.get(part.id)
      if (block) block.text += part.delta
    }
    // Signatures of a reasoning block come with one of its later parts.
    if ("id" in part && "providerMetadata" in part && part.providerMetadata) {
      Object.assign(open.get(part.id) ?? {}, metadataOf(part.providerMetadata))
    }
  }
  throw fault("answer_broke_off", { say: "The model's answer broke off.", retryable: true })
}

/** A server that hangs up, or cannot read its own model, ends a stream as if it were whole. */
const brokenEnds = new Set(["interrupted", "error"])

const refused = () =>
  fault("answer_refused", { say: "The model, or its maker's filter, refused to answer this." })

const wordOf = (type: "text-start" | "reasoning-start") =>
  type === "text-start" ? ("text" as const) : ("reasoning" as const)
const metadataOf = (metadata: Metadata) => (metadata ? { providerMetadata: metadata } : {})

/**
 * Gives every tool call of an answer a name that can be sent and an id of its own: some servers count from zero in each
 * answer, and the id names the call in the journal and in the commit it makes.
 */
export function withUsableCalls(answer: RecordedAnswer, used: Set<string>): RecordedAnswer {
  const content = answer.content.map((part, index) => {
    if (part.type !== "tool-call") return part
    const usable = /^[\w.:-]{1,64}$/.test(part.toolCallId) && !used.has(part.toolCallId)
    const toolCallId = usable ? part.toolCallId : `call-${used.size + 1}-${index + 1}`
    used.add(toolCallId)
    // A name that no server takes back would make the conversation one that cannot go on.
    const toolName = part.toolName.replaceAll(/[^\w-]/g, "_").slice(0, 64) || "nameless"
    return { ...part, toolCallId, toolName }
  })
  return { ...answer, content }
}
