import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4StreamPart,
} from "@ai-sdk/provider"
import { fault } from "@vibecaas/kernel/fault"
import { answerIn, type CassetteAnswer } from "../src/agents/cassettes/cassette.ts"
import type { Models } from "../src/agents/models/model.ts"
import { Refused } from "../src/agents/simulators/conversation.ts"
import type { Player } from "../src/agents/simulators/player.ts"

/** Every role's model is the recording. */
export function recordedModels(play: Player): Models {
  const model: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "recording",
    modelId: "recording",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("agents stream")),
    doStream: async (asked) => ({ stream: ReadableStream.from(partsOf(taken(play, asked))) }),
  }
  const info = { provider: "recording", model: "recording", simulated: true, label: "A recording" }
  return { for: () => ({ model, info, trust: "untrusted" }) }
}

function taken(play: Player, asked: Parameters<Player>[0]): CassetteAnswer {
  try {
    return play(asked)
  } catch (error) {
    if (error instanceof Refused) throw fault("answer_refused", { say: error.message })
    throw error
  }
}

function* partsOf(recorded: CassetteAnswer): Generator<LanguageModelV4StreamPart> {
  if (recorded.failure) throw asThrown(recorded.failure)
  const { content, finishReason, usage } = answerIn(recorded)
  yield { type: "stream-start", warnings: [] }
  for (const [index, part] of content.entries()) {
    if (part.type === "tool-call") {
      yield part
      continue
    }
    const id = String(index)
    yield { type: `${part.type}-start`, id }
    yield { type: `${part.type}-delta`, id, delta: part.text }
    yield { type: `${part.type}-end`, id }
  }
  yield { type: "finish", finishReason, usage }
}

/** What is read as the failure that was recorded. */
function asThrown({ say, retryable, limit }: NonNullable<CassetteAnswer["failure"]>): Error {
  if (limit !== "context") return fault("answer_refused", { say, retryable })
  const message = "The prompt is too long."
  return new APICallError({ message, url: "", requestBodyValues: {}, statusCode: 400 })
}
