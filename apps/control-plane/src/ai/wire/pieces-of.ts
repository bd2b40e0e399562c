import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider"
import type { UsedTokens } from "../app-models.ts"
import { callId } from "./call-id.ts"
import type { Piece } from "./write-answer.ts"

/**
 * The pieces of an answer that an app gets to see; thoughts are not among them.
 *
 * @param guess what was used where the model does not tell
 * @throws what the model's stream says went wrong
 */
export async function* piecesOf(
  stream: AsyncIterable<LanguageModelV4StreamPart>,
  guess: (said: number) => UsedTokens,
): AsyncGenerator<Piece> {
  let calls = 0
  let said = 0
  for await (const part of stream) {
    switch (part.type) {
      case "error":
        throw part.error
      case "text-delta":
        said += part.delta.length
        if (part.delta !== "") yield { text: part.delta }
        break
      case "reasoning-delta":
        said += part.delta.length
        break
      // Whole: what its provider wants back with it is known only at its end.
      case "tool-call": {
        said += part.input.length
        const { toolCallId, toolName: name, input: text, providerMetadata } = part
        const id = callId(toolCallId, providerMetadata)
        yield { call: { index: calls, id, name } }
        yield { arguments: { index: calls, text } }
        calls += 1
        break
      }
      case "finish": {
        const reason = part.finishReason.unified
        yield { end: { reason, used: usedIn(part.usage) ?? guess(said) } }
      }
    }
  }
}

/** Nothing when a server does not tell. */
function usedIn({ inputTokens, outputTokens }: LanguageModelV4Usage): UsedTokens | undefined {
  const { total: input, cacheRead = 0, cacheWrite = 0 } = inputTokens
  const { total: output } = outputTokens
  if (input === undefined || output === undefined) return undefined
  return { input, cacheRead, cacheWrite, output }
}
