import type { LanguageModelV4Message } from "@ai-sdk/provider"
import type { Shown } from "../attachments/attached-files.ts"
import { messageSection } from "../prompts.ts"
import type { Heard } from "./listen.ts"
import type { RecordedAnswer } from "./recorded-answer.ts"
import { readInput, unreadable } from "./tool-input.ts"

type Part = Extract<LanguageModelV4Message, { role: "assistant" }>["content"][number]

/** What the platform says in a conversation. */
export const told = (text: string, shown: readonly Shown[] = []): LanguageModelV4Message => ({
  role: "user",
  content: [{ type: "text", text }, ...shown],
})

/** What somebody wrote to the run, as its agents are told of it. */
export const written = ({
  shown,
  ...message
}: Heard & { shown: Shown[] }): LanguageModelV4Message =>
  told(
    `Whoever watches this run wrote while you work:\n\n${messageSection(message)}\n\nIt says what is wanted, as the goal does; where they differ, this counts. If it is about another agent's part, leave it to them.`,
    shown,
  )

/**
 * An answer as a message that every server takes back. Of one that was cut, thoughts and marks of
 * the provider are left out: they belong to a whole that was never sent.
 */
export function said({ content, finishReason }: RecordedAnswer): LanguageModelV4Message[] {
  const cut = finishReason.unified === "length"
  const parts = content.flatMap((part): Part[] => {
    const { providerMetadata } = part
    const marks = providerMetadata && !cut ? { providerOptions: providerMetadata } : {}
    if (part.type === "tool-call") return [{ ...callOf(part), ...marks }]
    const { type, text } = part
    if (type === "reasoning" && cut) return []
    return text.trim() || (type === "reasoning" && providerMetadata)
      ? [{ type, text, ...marks }]
      : []
  })
  return parts.some(({ type }) => type !== "reasoning")
    ? [{ role: "assistant", content: parts }]
    : []
}

type Call = Extract<RecordedAnswer["content"][number], { type: "tool-call" }>

function callOf({ toolCallId, toolName, input }: Call) {
  const read = readInput(input)
  return {
    type: "tool-call" as const,
    toolCallId,
    toolName,
    input: "input" in read ? read.input : unreadable(input),
  }
}
