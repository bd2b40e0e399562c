import type { LanguageModelV4Message } from "@ai-sdk/provider"
import { expect, test } from "vitest"
import { takesPictures } from "../models/sight.ts"
import { asSeen, textOf } from "./pictures-in-prompt.ts"

const picture = {
  type: "file",
  data: { type: "data", data: "A".repeat(200_000) },
  mediaType: "image/jpeg",
} as const
const output = { type: "content", value: [{ type: "text", text: "a heading" }, picture] } as const
const result = { type: "tool-result", toolCallId: "1", toolName: "look_at_page" } as const
const prompt: LanguageModelV4Message[] = [
  { role: "user", content: [{ type: "text", text: "Look." }] },
  { role: "tool", content: [{ ...result, output: { ...output, value: [...output.value] } }] },
]
const inWords = {
  role: "tool",
  content: [{ ...result, output: { type: "text", value: "a heading" } }],
}

test("a model that sees gets a picture where it takes one, any other gets the words", () => {
  expect(asSeen(prompt, "in results")).toEqual(prompt)
  expect(asSeen(prompt, undefined)).toEqual([prompt[0], inWords])
  expect(asSeen(prompt, "in messages")).toEqual([
    ...[prompt[0], inWords],
    { role: "user", content: [expect.objectContaining({ type: "text" }), picture] },
  ])
})

test("what somebody gave is shown to whoever sees, and told by its path to whoever does not", () => {
  const path = { type: "text", text: "attachments/logo.png:" } as const
  const given: LanguageModelV4Message = { role: "user", content: [path, picture] }
  expect(asSeen([given], "in results")).toEqual([given])
  expect(asSeen([given], "in messages")).toEqual([given])
  const unseen = { type: "text", text: "(an image, which you cannot see)" }
  expect(asSeen([given], undefined)).toEqual([{ role: "user", content: [path, unseen] }])
})

test("a picture counts as what models count for it, not as its bytes", () => {
  expect(textOf(prompt).length).toBeGreaterThan(4000)
  expect(textOf(prompt).length).toBeLessThan(8000)
})

test("which models see is known by their names", () => {
  const sees = (provider: string, model: string) =>
    takesPictures({ provider, model, simulated: false, label: "" })
  expect(sees("anthropic", "claude-opus-4-5")).toBe("in results")
  expect(sees("openai", "o3-mini")).toBeUndefined()
  expect(sees("compatible", "qwen2.5-vl:7b")).toBe("in messages")
  expect(sees("compatible", "qwen3-coder")).toBeUndefined()
  expect(sees("offline", "offline")).toBeUndefined()
})
