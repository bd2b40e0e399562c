/** What has happened so far, read from the messages of a call: the offline model keeps no state. */
import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider"
import type { Call } from "./call.ts"

export interface ToolUse {
  name: string
  input: Record<string, unknown>
  /** undefined when no answer came */
  result: ToolAnswer | undefined
}

export interface ToolAnswer {
  failed: boolean
  /** the value as it came, JSON parsed where the answer is JSON text */
  value: unknown
}

export interface Transcript {
  system: string
  /** the first message of the user: goal or task */
  prompt: string
  /** all that the user said, the first message too */
  told: string
  uses: ToolUse[]
  /** tools on offer in this call */
  offered: Set<string>
}

export function readTranscript(options: Call): Transcript {
  const transcript: Transcript = {
    system: "",
    prompt: "",
    told: "",
    uses: [],
    offered: offeredTools(options),
  }
  const byId = new Map<string, ToolUse>()
  for (const message of options.prompt ?? []) {
    if (message.role === "system") transcript.system += message.content
    if (message.role === "user") {
      const text = message.content.map((part) => (part.type === "text" ? part.text : "")).join("")
      transcript.prompt ||= text
      transcript.told += `${text}\n`
    }
    if (message.role !== "assistant" && message.role !== "tool") continue
    for (const part of message.content) {
      if (part.type === "tool-call") {
        const use: ToolUse = { name: part.toolName, input: asInput(part.input), result: undefined }
        byId.set(part.toolCallId, use)
        transcript.uses.push(use)
      }
      if (part.type === "tool-result") {
        const use = byId.get(part.toolCallId)
        if (use) use.result = readOutput(part.output)
      }
    }
  }
  return transcript
}

function offeredTools({ tools, toolChoice }: Call): Set<string> {
  if (toolChoice?.type === "none") return new Set()
  return new Set((tools ?? []).map((tool) => tool.name))
}

function asInput(input: unknown): Record<string, unknown> {
  const value = typeof input === "string" ? parsed(input) : input
  // the checks leave a plain object
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}
}

function readOutput(output: LanguageModelV4ToolResultOutput): ToolAnswer {
  switch (output.type) {
    case "text":
      return { failed: false, value: output.value }
    case "json":
      return { failed: false, value: output.value }
    case "content": {
      const texts = output.value.map((part) => (part.type === "text" ? part.text : ""))
      return { failed: false, value: texts.join("") }
    }
    case "execution-denied":
      return { failed: true, value: output.reason ?? "It was not allowed." }
    default:
      return { failed: true, value: output.value }
  }
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
