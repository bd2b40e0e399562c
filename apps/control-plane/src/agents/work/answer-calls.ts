import type {
  JSONSchema7,
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4ToolResultOutput,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider"
import { asSchema, type ToolSet } from "ai"
import { Refusal } from "../tools/tool-call.ts"
import { brief } from "../whole-words.ts"
import type { Journal } from "./journal.ts"
import type { RecordedAnswer } from "./recorded-answer.ts"
import { issuesOf, readInput, unreadable } from "./tool-input.ts"

interface CallDesk {
  tools: ToolSet
  journal: Journal
  tryNumber: number
  signal: AbortSignal
}

type Tool = ToolSet[string]
type ToolCall = Extract<RecordedAnswer["content"][number], { type: "tool-call" }>
type Output = LanguageModelV4ToolResultOutput

/** What a model is told of its tools. */
export function declare(tools: ToolSet): Promise<LanguageModelV4FunctionTool[]> {
  return Promise.all(
    Object.entries(tools).map(async ([name, { description, inputSchema }]) => ({
      type: "function" as const,
      name,
      ...(typeof description === "string" ? { description } : {}),
      inputSchema: slim(await asSchema(inputSchema).jsonSchema),
    })),
  )
}

const isClosed = (key: string, value: unknown) =>
  key === "propertyNames" || (key === "additionalProperties" && value === false)

const limits = new Set([
  ...["$schema", "minLength", "maxLength", "pattern"],
  ...["minItems", "maxItems", "minimum", "maximum"],
])

/**
 * A schema without its limits, which every request would repeat: whoever goes beyond one is told by
 * the answer to that call.
 */
function slim(schema: JSONSchema7): JSONSchema7 {
  const text = JSON.stringify(schema, (key, value) =>
    (limits.has(key) && typeof value !== "object") || isClosed(key, value) ? undefined : value,
  )
  return JSON.parse(text)
}

/**
 * Makes an answer's calls one after the other, so that each commit has one call to thank, and
 * answers all of them: a call that cannot be made is answered with the reason.
 *
 * @throws what stopped the work
 */
export async function answerCalls(
  desk: CallDesk,
  { content, finishReason }: RecordedAnswer,
): Promise<LanguageModelV4Message> {
  const results: LanguageModelV4ToolResultPart[] = []
  let failed: string | undefined
  for (const call of content) {
    if (call.type !== "tool-call") continue
    const { toolCallId, toolName } = call
    const ready = failed
      ? { refused: notRun(failed) }
      : await understand(desk.tools, call, finishReason.unified === "length")
    const output =
      "refused" in ready ? await refuse(desk, call, ready.refused) : await make(desk, call, ready)
    if (edits.has(toolName) && !("refused" in ready) && output.type === "error-text") {
      failed = toolName
    }
    results.push({ type: "tool-result", toolCallId, toolName, output })
  }
  return { role: "tool", content: results }
}

/** After one of these failed, what the same answer called next was meant for other files. */
const edits = new Set(["write_file", "edit_file", "delete_file", "revert_file"])

const notRunWords = "Not run, because"
const notRun = (failed: string) =>
  `${notRunWords} ${failed} before it in the same answer failed. Mend that first, then call this again.`

type Ready = { tool: Tool; input: unknown } | { refused: string }

async function understand(tools: ToolSet, call: ToolCall, cut: boolean): Promise<Ready> {
  const tool = Object.hasOwn(tools, call.toolName) ? tools[call.toolName] : undefined
  if (!tool) {
    const known = Object.keys(tools).join(", ")
    return { refused: `There is no tool ${brief(call.toolName, 60)}. There are: ${known}.` }
  }
  const read = readInput(call.input)
  const inTheMiddle = "The answer was cut in the middle of this call, so it was not made."
  if ("wrong" in read) {
    return {
      refused: cut ? inTheMiddle : `The arguments are no JSON: ${read.wrong}. Nothing was done.`,
    }
  }
  const valid = await asSchema(tool.inputSchema).validate?.(read.input)
  if (valid?.success !== false) return { tool, input: valid?.value ?? read.input }
  if (cut && call.input === "") return { refused: inTheMiddle }
  return { refused: `The arguments do not fit: ${issuesOf(valid.error)}. Nothing was done.` }
}

/** Keeps a call that was not made in the journal, for people. */
async function refuse(desk: CallDesk, call: ToolCall, say: string): Promise<Output> {
  const { journal, tryNumber } = desk
  const name = brief(call.toolName, 60)
  const row = { kind: "tool" as const, name, tryNumber, callKey: call.toolCallId }
  await journal.once(row, async () => ({
    title: `${name} was not ${say.startsWith(notRunWords) ? "run" : "understood"}: ${say}`,
    ok: false,
    input: unreadable(call.input),
    output: { refused: say },
  }))
  return { type: "error-text", value: new Refusal(say).message }
}

async function make(
  { signal }: CallDesk,
  { toolCallId }: ToolCall,
  { tool, input }: { tool: Tool; input: unknown },
): Promise<Output> {
  const options = { toolCallId, messages: [], abortSignal: signal, context: undefined as never }
  let output: unknown
  try {
    output = await tool.execute?.(input as never, options)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Refusal) return { type: "error-text", value: error.message }
    throw error
  }
  signal.throwIfAborted()
  return shownOf(tool, { toolCallId, input, output })
}

async function shownOf(
  tool: Tool,
  made: { toolCallId: string; input: unknown; output: unknown },
): Promise<Output> {
  try {
    const shown = await tool.toModelOutput?.(made)
    // The same shapes under another name: ours hold no urls and no ids of files.
    return shown ? (shown as Output) : outputOf(made.output)
  } catch (error) {
    return { type: "error-text", value: error instanceof Error ? error.message : String(error) }
  }
}

function outputOf(output: unknown): Output {
  if (typeof output === "string") return { type: "text", value: output }
  // What tools answer came out of the journal, which keeps nothing but JSON.
  return { type: "json", value: output as Extract<Output, { type: "json" }>["value"] }
}
