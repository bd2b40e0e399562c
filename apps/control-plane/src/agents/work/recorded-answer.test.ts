import type { LanguageModelV4StreamPart } from "@ai-sdk/provider"
import { isFault } from "@vibecaas/kernel/fault"
import fc from "fast-check"
import { expect, test } from "vitest"
import {
  collectAnswer,
  type RecordedAnswer,
  streamOf,
  withUniqueCallIds,
} from "./recorded-answer.ts"
import { storable } from "./storable.ts"

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
}
const answerOf = (content: RecordedAnswer["content"]): RecordedAnswer => {
  const unified = content.some(({ type }) => type === "tool-call") ? "tool-calls" : "stop"
  return { content, usage, finishReason: { unified, raw: "x" } }
}

const part: fc.Arbitrary<RecordedAnswer["content"][number]> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), text: fc.string({ unit: "binary" }) }),
  fc.record({
    type: fc.constant("reasoning" as const),
    text: fc.string(),
    providerMetadata: fc.constant({ maker: { signature: "s" } }),
  }),
  fc.record({
    type: fc.constant("tool-call" as const),
    toolCallId: fc.string({ maxLength: 80 }),
    toolName: fc.string(),
    input: fc.json(),
  }),
)

test("an answer that was recorded streams as the same answer", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part), async (content) => {
      const answer = storable(answerOf(content))
      expect(await collectAnswer(streamOf(answer))).toEqual(answer)
    }),
  )
})

test("call ids are unique in a task and fit a commit's mark, whatever a server makes of them", () => {
  fc.assert(
    fc.property(fc.array(fc.array(part, { maxLength: 5 }), { maxLength: 6 }), (answers) => {
      const used = new Set<string>()
      const ids = answers.flatMap((content) =>
        withUniqueCallIds(answerOf(content), used).content.flatMap((each) =>
          each.type === "tool-call" ? [each.toolCallId] : [],
        ),
      )
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.every((id) => /^[\w.:-]{1,64}$/.test(id))).toBe(true)
    }),
  )
})

test("a stream that ends without its end is no answer", async () => {
  const parts: LanguageModelV4StreamPart[] = [
    { type: "text-start", id: "1" },
    { type: "text-delta", id: "1", delta: "Half" },
  ]
  await expect(collectAnswer(ReadableStream.from(parts))).rejects.toSatisfy((error) =>
    isFault(error, "answer_broke_off"),
  )
})

test("tool calls that end with the word stop are meant", async () => {
  const parts: LanguageModelV4StreamPart[] = [
    { type: "tool-call", toolCallId: "1", toolName: "list_files", input: "{}" },
    { type: "finish", usage, finishReason: { unified: "stop", raw: "stop" } },
  ]
  const { finishReason } = await collectAnswer(ReadableStream.from(parts))
  expect(finishReason).toEqual({ unified: "tool-calls", raw: "stop" })
})
