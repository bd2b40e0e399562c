import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
} from "@ai-sdk/provider"
import { z } from "zod"
import { ApiError } from "./api-error.ts"
import { readCallId } from "./call-id.ts"

/** A request for a chat completion, as models behind the AI SDK's interface take it. */
export interface ChatRequest {
  /** the name by which the app asks */
  model: string
  stream: boolean
  /** a stream ends with what was used */
  includeUsage: boolean
  options: Omit<LanguageModelV4CallOptions, "abortSignal">
}

const text = z.object({ type: z.literal("text"), text: z.string() })
const image = z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) })
const texts = z
  .union([z.string(), z.array(text)])
  .transform((said) => (typeof said === "string" ? said : said.map((part) => part.text).join("")))
const call = z.object({
  id: z.string().min(1),
  type: z.literal("function").default("function"),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content: texts }),
  z.object({
    role: z.literal("user"),
    content: z.union([z.string(), z.array(z.discriminatedUnion("type", [text, image])).min(1)]),
  }),
  z.object({
    role: z.literal("assistant"),
    content: texts.nullish(),
    tool_calls: z.array(call).nullish(),
  }),
  z.object({ role: z.literal("tool"), tool_call_id: z.string(), content: texts }),
])

const tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    description: z.string().nullish(),
    parameters: z.looseObject({ type: z.literal("object") }).nullish(),
    strict: z.boolean().nullish(),
  }),
})

const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) }),
])

const responseFormat = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    json_schema: z.object({
      name: z.string(),
      description: z.string().nullish(),
      schema: z.looseObject({}).nullish(),
    }),
  }),
])

const whole = z.number().int()
const request = z.object({
  model: z.string(),
  messages: z.array(message).min(1).max(2000),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  tools: z.array(tool).max(128).nullish(),
  tool_choice: toolChoice.nullish(),
  response_format: responseFormat.nullish(),
  max_tokens: whole.positive().nullish(),
  max_completion_tokens: whole.positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  seed: whole.nullish(),
  n: z.literal(1).nullish(),
})
type Request = z.infer<typeof request>

/** @throws ApiError with the place that is wrong */
export function readRequest(body: string): ChatRequest {
  const read = request.safeParse(parseJson(body))
  if (!read.success) {
    const [issue] = read.error.issues
    const param = issue?.path.join(".") || null
    const where = param ? ` (${param})` : ""
    throw invalid(
      `The request is not as chat completions want it: ${issue?.message}${where}`,
      param,
    )
  }
  const { model, stream, stream_options, ...asked } = read.data
  return {
    ...{ model, stream: stream === true },
    includeUsage: stream_options?.include_usage === true,
    options: { prompt: promptOf(asked.messages), ...settingsOf(asked), ...toolsOf(asked) },
  }
}

const invalid = (message: string, param: string | null = null) =>
  new ApiError(400, message, { code: "invalid_request", param })

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw invalid("The request's body is not JSON.")
  }
}

function promptOf(messages: Request["messages"]): LanguageModelV4Message[] {
  const names = new Map<string, string>()
  const prompt: LanguageModelV4Message[] = []
  for (const said of messages) {
    const last = prompt.at(-1)
    if (said.role === "tool") {
      const part = resultOf(said, names)
      if (last?.role === "tool") last.content.push(part)
      else prompt.push({ role: "tool", content: [part] })
      continue
    }
    for (const each of (said.role === "assistant" && said.tool_calls) || [])
      names.set(each.id, each.function.name)
    prompt.push(messageOf(said))
  }
  return prompt
}

function resultOf(
  {
    tool_call_id: toolCallId,
    content: value,
  }: Extract<Request["messages"][number], { role: "tool" }>,
  names: ReadonlyMap<string, string>,
) {
  const toolName = names.get(toolCallId)
  if (toolName === undefined) throw invalid(`No tool call ${toolCallId} stands before its result.`)
  const output = { type: "text" as const, value }
  const { id } = readCallId(toolCallId)
  return { type: "tool-result" as const, toolCallId: id, toolName, output }
}

type Said = Exclude<Request["messages"][number], { role: "tool" }>

function messageOf(said: Said): LanguageModelV4Message {
  switch (said.role) {
    case "system":
    case "developer":
      return { role: "system", content: said.content }
    case "user": {
      const parts =
        typeof said.content === "string"
          ? [{ type: "text" as const, text: said.content }]
          : said.content
      return {
        role: "user",
        content: parts.map((part) => (part.type === "text" ? part : imageOf(part.image_url.url))),
      }
    }
    case "assistant":
      return {
        role: "assistant",
        content: [
          ...(said.content ? [{ type: "text" as const, text: said.content }] : []),
          ...(said.tool_calls ?? []).map(callOf),
        ],
      }
  }
}

function callOf({ id: told, function: { name: toolName, arguments: text } }: z.infer<typeof call>) {
  const { id: toolCallId, marks } = readCallId(told)
  return {
    ...{ type: "tool-call" as const, toolCallId, toolName, input: parseJson(text || "{}") },
    ...(marks ? { providerOptions: marks } : {}),
  }
}

/** Only what the request brings: nobody fetches an address for an app. */
function imageOf(url: string) {
  const [, mediaType, base64] = /^data:(image\/[a-z0-9.+-]+);base64,(.+)$/s.exec(url) ?? []
  if (!mediaType || !base64) {
    throw invalid("Send an image as data:image/…;base64,…: addresses are not fetched.")
  }
  return { type: "file" as const, mediaType, data: { type: "data" as const, data: base64 } }
}

/** What was said, without what was left open. */
function settingsOf(asked: Omit<Request, "model">): Omit<ChatRequest["options"], "prompt"> {
  const settings = {
    maxOutputTokens: asked.max_completion_tokens ?? asked.max_tokens,
    temperature: asked.temperature,
    topP: asked.top_p,
    presencePenalty: asked.presence_penalty,
    frequencyPenalty: asked.frequency_penalty,
    stopSequences: typeof asked.stop === "string" ? [asked.stop] : asked.stop,
    seed: asked.seed,
    responseFormat: formatOf(asked.response_format),
  }
  return withoutNothing(settings)
}

function formatOf(format: Request["response_format"]): ChatRequest["options"]["responseFormat"] {
  if (!format || format.type === "text") return undefined
  if (format.type === "json_object") return { type: "json" }
  const { name, description, schema } = format.json_schema
  return { type: "json", name, ...withoutNothing({ description, schema }) }
}

function toolsOf({ tools, tool_choice: choice }: Omit<Request, "model">) {
  if (!tools?.length) return {}
  const made = tools.map(({ function: { name, description, parameters } }) => ({
    ...{ type: "function" as const, name, inputSchema: parameters ?? { type: "object" } },
    ...withoutNothing({ description }),
  }))
  if (!choice) return { tools: made as LanguageModelV4FunctionTool[] }
  const toolChoice =
    typeof choice === "string"
      ? { type: choice }
      : { type: "tool" as const, toolName: choice.function.name }
  // A schema that says it is one of an object is what models take; the rest of it is the app's.
  return { tools: made as LanguageModelV4FunctionTool[], toolChoice }
}

type Something<T> = { [Key in keyof T]?: NonNullable<T[Key]> }

function withoutNothing<T extends object>(all: T): Something<T> {
  const said = Object.entries(all).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(said) as Something<T> // the same keys, without those that have nothing
}
