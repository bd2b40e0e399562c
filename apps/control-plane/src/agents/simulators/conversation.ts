import type {
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4ToolResultOutput,
} from "@ai-sdk/provider"
import { z } from "zod"
import { imageHead } from "../attachments/image-size.ts"

/** A request that the makers' servers answer with 400. */
export class Refused extends Error {}

type Message<Role> = Extract<LanguageModelV4Message, { role: Role }>
type Said = Message<"assistant">["content"][number]
type Call = Extract<Said, { type: "tool-call" }>

/** One thing that was said, as every wire has it. */
export type Turn =
  | { role: "system" | "user"; text: string }
  | { role: "user"; picture: { mediaType: string; base64: string } }
  | { role: "assistant"; part: Said }
  | { role: "tool"; id: string; text: string }

/**
 * What was said as messages, held to what all makers ask of a conversation: no empty texts, each
 * call answered at once and once, the last word not the model's.
 *
 * @throws Refused
 */
export function messagesOf(turns: readonly Turn[]): LanguageModelV4Message[] {
  const messages: LanguageModelV4Message[] = []
  let open: Call[] = []
  for (const turn of turns) {
    const last = messages.at(-1)
    if (turn.role === "tool") {
      const call = open.find(({ toolCallId }) => toolCallId === turn.id)
      if (!call) throw new Refused(`No tool call found for the result ${turn.id}.`)
      open = open.filter((each) => each !== call)
      const { toolCallId, toolName } = call
      const part = {
        ...{ type: "tool-result" as const, toolCallId, toolName },
        output: outputOf(turn),
      }
      if (last?.role === "tool") last.content.push(part)
      else messages.push({ role: "tool", content: [part] })
      continue
    }
    if (turn.role !== "assistant") {
      allAnswered(open)
      messages.push(messageOf(turn))
      continue
    }
    if (last?.role !== "assistant") allAnswered(open)
    if (turn.part.type === "text") notEmpty(turn.part.text)
    if (turn.part.type === "tool-call") open.push(withArguments(turn.part))
    if (last?.role === "assistant") last.content.push(turn.part)
    else messages.push({ role: "assistant", content: [turn.part] })
  }
  allAnswered(open)
  if (messages.length === 0 || messages.at(-1)?.role === "assistant") {
    throw new Refused("The conversation must end with a message of the user's.")
  }
  return messages
}

function messageOf(turn: Extract<Turn, { role: "system" | "user" }>): LanguageModelV4Message {
  if ("picture" in turn) return { role: "user", content: [pictureIn(turn.picture)] }
  const { role, text } = turn
  notEmpty(text)
  return role === "system"
    ? { role, content: text }
    : { role, content: [{ type: "text" as const, text }] }
}

/** What a person shows: servers look into it, and refuse what it is not said to be. */
function pictureIn({ mediaType, base64 }: { mediaType: string; base64: string }) {
  if (imageHead(Buffer.from(base64, "base64"))?.mediaType !== mediaType) {
    throw new Refused(`The image is no ${mediaType}.`)
  }
  return { type: "file" as const, mediaType, data: { type: "data" as const, data: base64 } }
}

/** An image as it stands in an address, which is how OpenAI's servers take it. */
export function turnOfAddress(address: string): Turn {
  const [, mediaType = "", base64 = ""] = /^data:([^;]+);base64,(.+)$/.exec(address) ?? []
  return { role: "user", picture: { mediaType, base64 } }
}

function withArguments(call: Call): Call {
  if (typeof call.input === "object" && call.input !== null) return call
  throw new Refused(`The arguments of ${call.toolCallId} are no JSON object.`)
}

function notEmpty(text: string): void {
  if (text === "") throw new Refused("Text content must not be empty.")
}

function allAnswered(open: readonly Call[]): void {
  if (open.length === 0) return
  const ids = open.map(({ toolCallId }) => toolCallId).join(", ")
  throw new Refused(`Tool calls were found without results immediately after: ${ids}.`)
}

/** What a tool answered is text on every wire; what is JSON again was JSON before. */
function outputOf({ text }: { text: string }): LanguageModelV4ToolResultOutput {
  const value = readJson(text)
  return typeof value === "string"
    ? { type: "text", value }
    : // What JSON.parse answers is JSON.
      {
        type: "json",
        value: value as Extract<LanguageModelV4ToolResultOutput, { type: "json" }>["value"],
      }
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const callOf = (toolCallId: string, toolName: string, input: unknown) => ({
  role: "assistant" as const,
  part: { type: "tool-call" as const, toolCallId, toolName, input },
})

export const saidOf = (type: "text" | "reasoning", text: string) => ({
  role: "assistant" as const,
  part: { type, text },
})

export const toolSchema = z.looseObject({ type: z.literal("object") })

export const toolOf = (
  name: string,
  inputSchema: z.infer<typeof toolSchema>,
): LanguageModelV4FunctionTool => ({ type: "function", name, inputSchema })

/** A text, or a list of texts. */
export const someText = (type: string) =>
  z
    .union([z.string(), z.array(z.object({ type: z.literal(type), text: z.string() }))])
    .transform((content) =>
      typeof content === "string" ? content : content.map(({ text }) => text).join(""),
    )

/** A mark of a maker's that must come back with the thought it belongs to, unchanged. */
export const signatureOf = (thought: string) => `signed-${Buffer.from(thought).toString("base64")}`

export function checkSignature(signature: string | undefined, thought: string): void {
  if (signature !== signatureOf(thought)) throw new Refused("Invalid signature of a thought.")
}
