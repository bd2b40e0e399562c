import type { Ctx } from "../core/ctx.ts"
import type { Handlers } from "../core/kind.ts"
import { needProject } from "../projects/index.ts"
import { changeServer, lookAgain, removeServer } from "./change-server.ts"
import { connectServer } from "./connect-server.ts"
import type { McpParts } from "./mcp-parts.ts"
import { type McpServerRow, showServer } from "./mcp-server.ts"
import { listServers, listTools } from "./queries.ts"

export function mcpHandlers(parts: McpParts): Handlers<"mcp"> {
  return {
    "GET /projects/{projectId}/mcp-servers": async ({ ctx, params }) => {
      await needProject(ctx, params.projectId)
      const rows = await listServers(ctx.db, params.projectId)
      const ids = rows.map(({ id }) => id)
      const tools = await listTools(ctx.db, ids)
      const items = rows.map((row) =>
        showServer(
          row,
          tools.filter(({ serverId }) => serverId === row.id),
        ),
      )
      return { items, allowedHosts: [...parts.reach.hosts] }
    },
    "POST /projects/{projectId}/mcp-servers": async ({ ctx, params, body }) =>
      show(ctx, await connectServer(ctx, parts, { ...params, ...body })),
    "PATCH /projects/{projectId}/mcp-servers/{serverId}": async ({ ctx, params, body, ifMatch }) =>
      show(ctx, await changeServer(ctx, parts, { ...params, ifMatch, set: body })),
    "DELETE /projects/{projectId}/mcp-servers/{serverId}": async ({ ctx, params }) => {
      await removeServer(ctx, parts, params)
      return undefined
    },
    "POST /projects/{projectId}/mcp-servers/{serverId}/look": async ({ ctx, params }) =>
      show(ctx, await lookAgain(ctx, params)),
  }
}

const show = async (ctx: Ctx, row: McpServerRow) =>
  showServer(row, await listTools(ctx.db, [row.id]))
