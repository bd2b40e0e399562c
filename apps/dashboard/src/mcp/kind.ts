import { Plug } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Servers whose tools a project's agents may use. */
export const mcpKind = {
  live: {
    "mcp_server.changed": (_, { again }) => again("GET /projects/{projectId}/mcp-servers"),
  },
  missed: {
    project: (projectId) => [["GET /projects/{projectId}/mcp-servers", { projectId }]],
  },
  icons: { mcp_server: Plug },
  actions: {
    "mcp_server.connect": "MCP server connected",
    "mcp_server.change": "MCP server changed",
    "mcp_server.look": "MCP server looked at",
    "mcp_server.remove": "MCP server removed",
  },
} as const satisfies Kind
