import { isFault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { type Address, exchange, type ReachParts, timeout, without } from "./exchange.ts"
import { mcpFailed } from "./guarded-fetch.ts"

/** What a tool of a server answered, as text; whatever it says is somebody else's words. */
export interface McpAnswer {
  text: string
  /** the server says that the call failed */
  failed: boolean
}

const size = (base64: string) => `${Math.ceil((base64.length * 3) / 4 / 1024)} kB`
const part = z.union([
  z.looseObject({ type: z.literal("text"), text: z.string() }),
  z.looseObject({ type: z.enum(["image", "audio"]), data: z.string(), mimeType: z.string() }),
  z.looseObject({ type: z.literal("resource_link"), uri: z.string() }),
  z.looseObject({
    type: z.literal("resource"),
    resource: z.looseObject({ uri: z.string(), text: z.string().optional() }),
  }),
  z.looseObject({ type: z.string().catch("unknown") }),
])
type Part = z.infer<typeof part>

const answered = z.object({
  content: z.array(part).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
})

/**
 * Calls one tool, once.
 *
 * @throws Fault `mcp_failed` when there is no whole answer: whether the call took effect is not known
 * then; what `signal` was aborted with
 */
export function callTool(
  parts: ReachParts,
  address: Address,
  call: { name: string; args: unknown; signal: AbortSignal },
): Promise<McpAnswer> {
  const { name, args, signal } = call
  let asked = false
  return exchange(parts, address, {
    ...{ bytesMax: parts.limits.answerBytesMax, signal },
    talk: async ({ client, signal: both }) => {
      asked = true
      const request = { method: "tools/call", params: { name, arguments: args } }
      const answer = await client.request(request, answered, { signal: both, timeout })
      const told = answer.content.map(textOf).join("\n")
      const { structuredContent } = answer
      // Servers that answer data by its shape say the same as text, for those who read only that.
      const text =
        told || structuredContent === undefined ? told : JSON.stringify(structuredContent)
      const secrets = Object.values(address.headers)
      return { text: without(secrets, text), failed: answer.isError === true }
    },
  }).catch((error) => {
    if (!isFault(error, "mcp_failed")) throw error
    throw mcpFailed(`${error.say} ${asked ? notKnown : "Nothing was called."}`, error)
  })
}

const notKnown = "Whether the call took effect is not known: look before you make it again."

function textOf(given: Part): string {
  if ("text" in given && typeof given.text === "string") return given.text
  if ("data" in given && typeof given.data === "string") {
    return `[${given.type} of ${size(given.data)}, ${given.mimeType}, which is not shown]`
  }
  if ("resource" in given) {
    const { uri, text } = given.resource as { uri: string; text?: string }
    return text ?? `[${uri}, which is not shown]`
  }
  if ("uri" in given) return `[a link to ${given.uri}]`
  return `[${given.type}, which is not shown]`
}
