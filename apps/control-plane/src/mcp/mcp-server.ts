import { createHash } from "node:crypto"
import type { McpServer, McpTool } from "@vibecaas/contract/kinds/mcp"
import type { mcpServers, mcpTools } from "../db/tables/mcp.ts"

export type McpServerRow = typeof mcpServers.$inferSelect
export type McpToolRow = typeof mcpTools.$inferSelect

/** The longest name of a tool that every maker of models takes. */
const calledAsMax = 64

/**
 * The name by which agents call a tool: another one for each, since servers' names have no `_` and what
 * had to be changed ends in a hash.
 */
export function calledAs(server: string, tool: string): string {
  const plain = `mcp_${server}_${tool.replaceAll(/[^A-Za-z0-9_-]/g, "_")}`
  const same = plain.endsWith(`_${tool}`) && plain.length <= calledAsMax
  if (same) return plain
  const hash = createHash("sha256").update(tool).digest("hex").slice(0, 8)
  return `${plain.slice(0, calledAsMax - 9)}_${hash}`
}

/** How a server is shown by the API. */
export function showServer(row: McpServerRow, tools: readonly McpToolRow[]): McpServer {
  const { id, organizationId, projectId, name, url, enabled, calls, version } = row
  return {
    ...{ id, organizationId, projectId, name, url, enabled, calls, version },
    headers: row.headerNames.map((name) => ({ name })),
    state: stateOf(row),
    stateDetail: row.seenDetail,
    tools: tools.map((tool) => showTool(name, tool)),
    lookedAt: row.lookedAt?.toISOString() ?? null,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
  }
}

function stateOf(row: McpServerRow): McpServer["state"] {
  if (!row.enabled) return "off"
  return wantsLook(row) || row.seen === null ? "looking" : row.seen
}

/** Whether somebody wants to see its tools who has not. */
export const wantsLook = ({ looked, lookWanted }: McpServerRow) => looked < lookWanted

function showTool(server: string, row: McpToolRow): McpTool {
  const { name, description, inputSchema, repeatable, mode, changed, unusable } = row
  return {
    ...{ name, description, inputSchema, repeatable, mode, changed, unusable },
    calledAs: calledAs(server, name),
  }
}
