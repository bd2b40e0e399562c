import type { IdOf } from "@vibecaas/contract/kinds"
import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import type { Resource } from "../core/resource.ts"
import { type McpServerRow, showServer } from "./mcp-server.ts"
import { findServer, listTools, lockServer } from "./queries.ts"

/** Tells whoever watches its project how it is in the end; with nothing, that it is gone. */
export function serverChanged(
  ctx: Ctx,
  { id, projectId }: { id: IdOf<"mcp_server">; projectId: IdOf<"project"> },
): void {
  changed(ctx, `mcp_server/${id}`, async () => {
    const row = await findServer(ctx.db, id)
    const data = row ? showServer(row, await listTools(ctx.db, [id])) : null
    emit(ctx, { kind: "mcp_server.changed", about: { project: projectId }, id, data })
  })
}

export const mcpServerResource: Resource<McpServerRow> = {
  noun: "mcp_server",
  loop: "mcp-servers",
  find: (ctx, id) => lockServer(ctx.db, id),
  about: async (_, { name }) => name,
  tell: serverChanged,
}
