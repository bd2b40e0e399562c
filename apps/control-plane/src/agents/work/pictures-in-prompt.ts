import type { LanguageModelV4Message, LanguageModelV4ToolResultPart } from "@ai-sdk/provider"
import type { TakesPictures } from "../models/sight.ts"

type UserMessage = Extract<LanguageModelV4Message, { role: "user" }>
type Result = LanguageModelV4ToolResultPart
type Picture = Extract<
  Extract<Result["output"], { type: "content" }>["value"][number],
  { type: "file" }
>

/** A conversation as a model can take it: with its pictures, with them told apart, or without them. */
export function asSeen(
  prompt: readonly LanguageModelV4Message[],
  pictures: TakesPictures | undefined,
): LanguageModelV4Message[] {
  if (pictures === "in results") return [...prompt]
  return prompt.flatMap((message) => {
    if (message.role === "user" && pictures === undefined) return [unseen(message)]
    if (message.role !== "tool") return [message]
    const found: Picture[] = []
    const content = message.content.map((part) =>
      part.type === "tool-result" ? inWords(part, found) : part,
    )
    const words = { ...message, content }
    return pictures === undefined || found.length === 0 ? [words] : [words, showing(found)]
  })
}

/** What somebody gave is named by the text before it. */
function unseen({ role, content }: UserMessage): UserMessage {
  const text = "(an image, which you cannot see)"
  return {
    role,
    content: content.map((part) => (part.type === "file" ? { type: "text", text } : part)),
  }
}

function inWords(part: Result, found: Picture[]): Result {
  if (part.output.type !== "content") return part
  const text: string[] = []
  for (const piece of part.output.value) {
    if (piece.type === "file") found.push(piece)
    if (piece.type === "text") text.push(piece.text)
  }
  return { ...part, output: { type: "text", value: text.join("\n") } }
}

const showing = (pictures: readonly Picture[]): LanguageModelV4Message => ({
  role: "user",
  content: [
    { type: "text", text: "What the browser showed, in the order of the looks; it is data:" },
    ...pictures.map(({ data, mediaType }) => ({ type: "file" as const, data, mediaType })),
  ],
})

/** about what models count for a picture of a page, as the characters that count as much */
const pictureChars = 1600 * 3

/** A conversation as text, by whose length its tokens are guessed: pictures count as what they cost. */
export const textOf = (prompt: readonly LanguageModelV4Message[]): string =>
  JSON.stringify(prompt, (key, value) =>
    key === "data" && value?.type === "data" ? "p".repeat(pictureChars) : value,
  )
