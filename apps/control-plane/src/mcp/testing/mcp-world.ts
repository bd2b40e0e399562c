import type { IdOf } from "@vibecaas/contract/kinds"
import type { McpServer } from "@vibecaas/contract/kinds/mcp"
import { silentLog } from "@vibecaas/kernel/log"
import type { Ctx } from "../../core/ctx.ts"
import type { TestDatabase } from "../../db/testing/database-on.ts"
import { createOrganization } from "../../db/testing/seed.ts"
import { testDatabase } from "../../db/testing/test-database.ts"
import { testTurn } from "../../db/testing/test-turn.ts"
import { createProject } from "../../projects/index.ts"
import { testVault } from "../../secrets/testing/test-vault.ts"
import type { McpParts } from "../mcp-parts.ts"
import { showServer } from "../mcp-server.ts"
import { findServer, listTools } from "../queries.ts"
import { reachLimits } from "../reach/exchange.ts"
import { mcpLoop } from "../reconcile-server.ts"
import type { ToolServer } from "./tool-server.ts"

/** How a test reaches its own servers, and no others. */
export const reachTo = (
  db: Pick<TestDatabase, "clock">,
  ...servers: readonly Pick<ToolServer, "host">[]
): McpParts["reach"] => ({
  hosts: servers.map(({ host }) => `http://${host}`),
  resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  fetch,
  clock: db.clock,
  limits: reachLimits,
})

/** Real PostgreSQL and the kind's own loop, which asks the given servers. */
export async function mcpWorld(...servers: readonly ToolServer[]) {
  const db = await testDatabase()
  const org = await createOrganization(db, { plan: "team" })
  const parts: McpParts = {
    ...{ ...db, log: silentLog, vault: testVault, reach: reachTo(db, ...servers) },
    due: async () => {
      const { rows } = await db.adminPool.query("select * from due_objects('mcp-servers')")
      return rows.map((row) => ({ organizationId: row.organization_id, id: row.id }))
    },
  }
  const loop = mcpLoop(parts)
  const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
    db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
  return {
    ...{ db, org, parts, act },
    project: async (): Promise<IdOf<"project">> =>
      (await act((ctx) => createProject(ctx, { name: "Try", preview: "private" }))).id,
    /** A turn for each server that somebody wants to see. */
    async settle() {
      for (const key of await parts.due()) {
        await loop.reconcile(await testTurn(db.adminPool, { loop: loop.name, key }))
      }
    },
    show: (id: IdOf<"mcp_server">): Promise<McpServer | undefined> =>
      act(async (ctx) => {
        const row = await findServer(ctx.db, id)
        return row && showServer(row, await listTools(ctx.db, [id]))
      }),
    close: () => db.close(),
  }
}
