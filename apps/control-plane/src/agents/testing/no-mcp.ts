import type { McpTools } from "../../mcp/index.ts"

/** A project to which nobody connected an MCP server. */
export const noMcp: McpTools = {
  offered: async () => [],
  find: async () => undefined,
  call: () => Promise.reject(new Error("nobody offered this tool")),
}
