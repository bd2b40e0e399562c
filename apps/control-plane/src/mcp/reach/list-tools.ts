import { createHash } from "node:crypto"
import { mcpToolsMax } from "@vibecaas/contract/kinds/mcp"
import { z } from "zod"
import { type Address, exchange, type ReachParts, timeout } from "./exchange.ts"
import { mcpFailed } from "./guarded-fetch.ts"
import { type InputSchema, tameSchema } from "./input-schema.ts"

/** A tool as its server describes it, made small. */
export interface SeenTool {
  name: string
  description: string
  inputSchema: InputSchema
  repeatable: boolean
  /** why agents cannot use it */
  unusable: string | null
  /** of all that the server said of it */
  hash: string
}

export interface SeenServer {
  /** its own name and version */
  calls: string
  tools: SeenTool[]
  /** what was left out of its list, in a sentence */
  leftOut: string | null
}

const descriptionMax = 1000
const pagesMax = 20

/** What stands in it is read one by one: a tool that is odd does not hide the others. */
const listed = z.object({
  tools: z.array(z.unknown()),
  nextCursor: z.string().max(4000).optional(),
})
const described = z.looseObject({
  name: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  description: z.string().catch(""),
  inputSchema: z.unknown().optional(),
  annotations: z
    .looseObject({
      readOnlyHint: z.boolean().optional().catch(undefined),
      idempotentHint: z.boolean().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
})

/**
 * Asks a server for its tools.
 *
 * @throws Fault `mcp_failed`; what `signal` was aborted with
 */
export function listTools(
  parts: ReachParts,
  address: Address,
  signal: AbortSignal,
): Promise<SeenServer> {
  return exchange(parts, address, {
    ...{ bytesMax: parts.limits.listBytesMax, signal },
    talk: async ({ client, signal: both }) => {
      const { name = "", version = "" } = client.getServerVersion() ?? {}
      const calls = `${name} ${version}`
        .replaceAll(/\p{C}+/gu, " ")
        .trim()
        .slice(0, 100)
      if (!client.getServerCapabilities()?.tools) throw mcpFailed("It has no tools.")
      const given: unknown[] = []
      let cursor: string | undefined
      for (let page = 0; page < pagesMax && given.length <= mcpToolsMax; page++) {
        const request = { method: "tools/list", params: cursor ? { cursor } : {} }
        const answer = await client.request(request, listed, { signal: both, timeout })
        given.push(...answer.tools)
        cursor = answer.nextCursor
        if (cursor === undefined) break
      }
      return { calls, ...readTools(given, cursor !== undefined) }
    },
  })
}

function readTools(given: readonly unknown[], more: boolean): Omit<SeenServer, "calls"> {
  const tools = new Map<string, SeenTool>()
  const read = given.slice(0, mcpToolsMax).flatMap((each) => described.safeParse(each).data ?? [])
  for (const tool of read) {
    const seen = tools.has(tool.name) ? undefined : readTool(tool)
    if (seen) tools.set(tool.name, seen)
  }
  const beyond = more || given.length > mcpToolsMax
  const odd = Math.min(given.length, mcpToolsMax) - tools.size
  const said = [
    ...(beyond ? [`It has more than ${mcpToolsMax} tools; the others are left out.`] : []),
    ...(odd > 0 ? [`${odd} of its tools are not described as the protocol wants it.`] : []),
  ]
  return { tools: [...tools.values()], leftOut: said.join(" ") || null }
}

/** @returns nothing when what was said of it is nested too deep to be read */
function readTool(tool: z.infer<typeof described>): SeenTool | undefined {
  const { name, description, inputSchema, annotations } = tool
  const tamed = tameSchema(inputSchema)
  const hash = hashOf(tool)
  if (hash === undefined) return undefined
  return {
    name,
    description: description.slice(0, descriptionMax).toWellFormed().replaceAll("\0", ""),
    inputSchema: "schema" in tamed ? tamed.schema : {},
    repeatable: annotations?.readOnlyHint === true || annotations?.idempotentHint === true,
    unusable: "wrong" in tamed ? tamed.wrong : null,
    hash,
  }
}

/** The same for the same words, whatever their order. */
function hashOf(tool: object): string | undefined {
  try {
    const text = JSON.stringify(tool, (_, value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    )
    return createHash("sha256").update(text).digest("hex")
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
