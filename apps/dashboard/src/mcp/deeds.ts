import { Plug } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const mcpDeeds = {
  icons: { mcp_server: Plug },
  actions: {
    "mcp_server.connect": "MCP server connected",
    "mcp_server.change": "MCP server changed",
    "mcp_server.look": "MCP server looked at",
    "mcp_server.remove": "MCP server removed",
  },
} as const satisfies Deeds
