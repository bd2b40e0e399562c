import type { LanguageModelV4StreamPart } from "@ai-sdk/provider"
import { isFault } from "@vibecaas/kernel/fault"
import fc from "fast-check"
import { expect, test } from "vitest"
import { collectAnswer, type RecordedAnswer, withUsableCalls } from "./recorded-answer.ts"
import { said } from "./said.ts"

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

test("what is sent back of an answer has no empty text, and no arguments that are not an object", () => {
  fc.assert(
    fc.property(fc.array(part), fc.constantFrom("stop", "length"), (content, unified) => {
      const finishReason = { unified, raw: "x" } as const
      for (const message of said({ content, finishReason, usage })) {
        for (const each of message.content as { type: string; text?: string; input?: unknown }[]) {
          if (each.type === "text") expect(each.text?.trim()).not.toBe("")
          if (each.type === "tool-call") expect(each.input).toBeTypeOf("object")
          if (unified === "length") expect(each.type).not.toBe("reasoning")
        }
      }
    }),
  )
})

test("call ids are unique in a task and fit a commit's mark, whatever a server makes of them", () => {
  fc.assert(
    fc.property(fc.array(fc.array(part, { maxLength: 5 }), { maxLength: 6 }), (answers) => {
      const used = new Set<string>()
      const ids = answers.flatMap((content) =>
        withUsableCalls(answerOf(content), used).content.flatMap((each) =>
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
