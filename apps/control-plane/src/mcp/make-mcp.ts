import { lookup } from "node:dns/promises"
import type { Kind } from "../core/kind.ts"
import type { McpParts } from "./mcp-parts.ts"
import { type McpTools, makeMcpTools } from "./project-tools.ts"
import { reachLimits } from "./reach/exchange.ts"
import { mcpLoop } from "./reconcile-server.ts"
import { mcpHandlers } from "./routes.ts"

export interface McpOptions extends Omit<McpParts, "reach"> {
  /** what VIBECAAS_MCP_HOSTS names */
  hosts: readonly string[]
  /** the runtime's own */
  fetch: typeof fetch
}

export function makeMcp(options: McpOptions): { kind: Kind<"mcp">; tools: McpTools } {
  const { hosts, clock, fetch } = options
  const resolve = (host: string) => lookup(host, { all: true })
  const parts = { ...options, reach: { hosts, clock, fetch, resolve, limits: reachLimits } }
  const kind = { handlers: mcpHandlers(parts), loops: [mcpLoop(parts)] }
  return { kind, tools: makeMcpTools(parts) }
}
