import { expect, test } from "vitest"
import { answerIn, type Cassette, cassetteHead, readCassette } from "./cassette.ts"

const small: Cassette = {
  ...cassetteHead,
  recordedAt: "2026-11-28T12:00:00.000Z",
  goal: "Say hello",
  start: { tree: "a", files: { "a.txt": "A", "b.bin": { base64: "AA==" } } },
  tasks: [
    {
      ...{ role: "planning", title: "Plan the work", instructions: "Plan.", state: "succeeded" },
      evidence: null,
      calls: [
        {
          ...{ order: 0, try: 1, kind: "model", finish: "tool-calls" },
          content: [
            { type: "text", text: "Hm." },
            { type: "tool-call", id: "c1", name: "decline", input: { reason: "No." } },
            { type: "tool-call", id: "c2", name: "decline", input: '{"rea' },
          ],
        },
        { ...{ order: 1, try: 1, kind: "tool", key: "c1", name: "decline", ok: true }, output: {} },
      ],
    },
  ],
  end: { state: "failed", failure: "No.", tree: null },
  secretsLeftOut: 0,
}

test("a cassette is read as it was written", () => {
  expect(readCassette(JSON.stringify(small))).toEqual(small)
})

test("an answer is played as it came: arguments as text, also those that are no JSON", () => {
  const [answer] = small.tasks[0]?.calls ?? []
  if (answer?.kind !== "model") throw new Error("it begins with an answer")
  expect(answerIn(answer)).toMatchObject({
    finishReason: { unified: "tool-calls" },
    content: [
      { type: "text", text: "Hm." },
      { toolCallId: "c1", toolName: "decline", input: '{"reason":"No."}' },
      { toolCallId: "c2", toolName: "decline", input: '{"rea' },
    ],
  })
})

test.each([
  ["no JSON", "{", /^It is no JSON: /],
  ["another file", '{"name":"x"}', /^It is no recording of a run\.$/],
  ["a version to come", JSON.stringify({ ...small, version: 2 }), /version 2; version 1 can/],
  ["a part that is missing", JSON.stringify({ ...small, goal: "" }), /^It is damaged: goal: /],
  ["a field of nobody", JSON.stringify({ ...small, x: 1 }), /^It is damaged: .*"x"/],
  ["too much", `"${"x".repeat(20_000_001)}"`, /^It has more than 20 MB\.$/],
])("%s is refused with what is wrong", (_, text, say) => {
  expect(() => readCassette(text)).toThrow(
    expect.objectContaining({ code: "invalid", say: expect.stringMatching(say) }),
  )
})
