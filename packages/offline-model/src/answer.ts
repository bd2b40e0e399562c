/** What the offline model answers to one call. */
import type { LanguageModelV4Content, LanguageModelV4Usage } from "@ai-sdk/provider"
import type { Call, ModelAnswer } from "./call.ts"
import { think } from "./think.ts"
import { readTranscript } from "./transcript.ts"
import type { Turn } from "./turn.ts"

/** @param json a `Call` as JSON */
export function answerTo(json: string): ModelAnswer {
  // Written by `offline-model.ts` from the call's options.
  const call = JSON.parse(json) as Call
  const transcript = readTranscript(call)
  const turn = think(transcript)
  const content = contentOf(turn, transcript.uses.length)
  return {
    content,
    usage: usageOf(json.length, JSON.stringify(content).length),
    finishReason: { unified: turn.calls.length > 0 ? "tool-calls" : "stop", raw: undefined },
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
function usageOf(charsRead: number, charsWritten: number): LanguageModelV4Usage {
  const [read, written] = [Math.ceil(charsRead / 4), Math.ceil(charsWritten / 4)]
  return {
    inputTokens: { total: read, noCache: read, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: written, text: written, reasoning: 0 },
  }
}
