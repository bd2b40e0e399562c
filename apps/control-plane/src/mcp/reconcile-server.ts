import { isFault } from "@vibecaas/kernel/fault"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { inTurn } from "../core/resource.ts"
import { type Rest, rest, worldLoop } from "../core/resource-loop.ts"
import { readHeaders } from "./headers.ts"
import type { McpParts } from "./mcp-parts.ts"
import { mcpServerResource, serverChanged } from "./mcp-resource.ts"
import { type McpServerRow, type McpToolRow, wantsLook } from "./mcp-server.ts"
import { listTools as listRows, lockServer, putTools, writeServer } from "./queries.ts"
import { listTools, type SeenServer, type SeenTool } from "./reach/list-tools.ts"

interface Look {
  do: "look"
}

/** Looks at the tools of servers when somebody wants it, once each time. */
export function mcpLoop(parts: McpParts): LoopDefinition {
  return worldLoop<McpServerRow, undefined, Look>(parts, {
    of: mcpServerResource,
    description: "Lists the tools of MCP servers that people connected",
    concurrency: 4,
    due: parts.due,
    look: async () => undefined,
    next: (row): Look | Rest => (row.enabled && wantsLook(row) ? { do: "look" } : rest(null)),
    take: (_, { turn, row }) => take(parts, turn, row),
    ending: () => false,
    fail: (ctx, row, { say }) => keepUnreachable(ctx, row, say),
  })
}

async function take(parts: McpParts, turn: Turn, row: McpServerRow): Promise<void> {
  const headers = await inTurn(parts, turn, (ctx) => readHeaders(ctx, parts.vault, row))
  const address = { url: row.url, headers }
  const seen = await sightOf(() => listTools(parts.reach, address, turn.signal))
  await inTurn(parts, turn, async (ctx) => {
    // Locked before its tools are read: what somebody decides of them meanwhile waits.
    const now = await lockServer(ctx.db, row.id)
    // What somebody wanted meanwhile is looked at next, perhaps at another address.
    if (now?.lookWanted !== row.lookWanted) return
    await ("say" in seen ? keepUnreachable(ctx, row, seen.say) : keep(ctx, row, seen))
  })
}

async function sightOf(list: () => Promise<SeenServer>): Promise<SeenServer | { say: string }> {
  try {
    return await list()
  } catch (error) {
    if (isFault(error, "mcp_failed")) return { say: error.say }
    throw error
  }
}

/** Its tools stay as they were seen: agents that call one are told why it cannot be. */
async function keepUnreachable(ctx: Ctx, row: McpServerRow, say: string): Promise<void> {
  await write(ctx, row, { seen: "unreachable", seenDetail: say })
}

async function keep(ctx: Ctx, row: McpServerRow, seen: SeenServer): Promise<void> {
  const before = await listRows(ctx.db, [row.id])
  const tools = seen.tools.map((tool, position): McpToolRow => {
    const known = before.find(({ name }) => name === tool.name)
    const { organizationId, id: serverId } = row
    return { organizationId, serverId, position, ...tool, ...decided(tool, known) }
  })
  await putTools(ctx.db, row.id, tools)
  await write(ctx, row, { seen: "ready", seenDetail: seen.leftOut, calls: seen.calls })
}

/** A tool that is new, or that is not what somebody let agents use, is off. */
function decided(
  { hash, unusable }: SeenTool,
  known: McpToolRow | undefined,
): Pick<McpToolRow, "mode" | "changed"> {
  if (!known) return { mode: "off", changed: false }
  if (known.hash === hash && unusable === null) return { mode: known.mode, changed: known.changed }
  return { mode: "off", changed: known.changed || known.mode !== "off" }
}

async function write(ctx: Ctx, row: McpServerRow, set: Partial<McpServerRow>): Promise<void> {
  const at = ctx.clock.now()
  const seen = { ...set, looked: row.lookWanted, lookedAt: at, updatedAt: at }
  if (await writeServer(ctx.db, row.id, seen)) serverChanged(ctx, row)
}
