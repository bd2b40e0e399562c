import type {
  LanguageModelV4Message,
  LanguageModelV4ToolCallPart,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider"
import { textOf } from "./pictures-in-prompt.ts"

/** messages at the end that are kept as they are: fewer when that was not enough */
const keptAtEnd = [8, 4, 2]
/** longest text that is kept of older calls and results, in characters */
const olderCharsMax = 300

/**
 * The same conversation with older tool results, and what older calls wrote, cut short: what the
 * task asks for and the newest messages stay. Nothing when there is nothing left to shorten.
 */
export function compact(
  messages: readonly LanguageModelV4Message[],
): LanguageModelV4Message[] | undefined {
  const size = textOf(messages).length
  for (const kept of keptAtEnd) {
    const shorter = messages.map((message, index) =>
      index < messages.length - kept ? shortened(message) : message,
    )
    if (textOf(shorter).length < size * 0.8) return shorter
  }
  return undefined
}

function shortened(message: LanguageModelV4Message): LanguageModelV4Message {
  if (message.role === "tool") {
    const content = message.content.map((part) =>
      part.type === "tool-result" ? shortResult(part) : part,
    )
    return { ...message, content }
  }
  if (message.role === "assistant") {
    const content = message.content.map((part) =>
      part.type === "tool-call" ? shortCall(part) : part,
    )
    return { ...message, content }
  }
  return message
}

function shortResult(part: LanguageModelV4ToolResultPart): LanguageModelV4ToolResultPart {
  const text = JSON.stringify("value" in part.output ? part.output.value : "")
  if (text.length <= olderCharsMax) return part
  return { ...part, output: { type: "text", value: shortText(text) } }
}

/** Without the provider's marks: they would let it take the long call out of its own memory. */
function shortCall(part: LanguageModelV4ToolCallPart): LanguageModelV4ToolCallPart {
  const { toolCallId, toolName, input } = part
  if (JSON.stringify(input).length <= olderCharsMax) return part
  const entries = Object.entries(input as object).map(([name, value]) => [
    name,
    typeof value === "string" ? shortText(value) : value,
  ])
  return { type: "tool-call", toolCallId, toolName, input: Object.fromEntries(entries) }
}

const shortText = (text: string) =>
  text.length <= olderCharsMax
    ? text
    : `${text.slice(0, olderCharsMax)}… (${text.length - olderCharsMax} characters left out to save room)`
