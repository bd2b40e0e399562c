import type { IdOf } from "@vibecaas/contract/kinds"
import type { ToolMode } from "@vibecaas/contract/kinds/mcp"
import { and, asc, eq, inArray } from "drizzle-orm"
import { mcpServers, mcpTools } from "../db/tables/mcp.ts"
import type { Tx } from "../db/tenant.ts"
import type { McpServerRow, McpToolRow } from "./mcp-server.ts"

type ServerId = IdOf<"mcp_server">

export async function findServer(tx: Tx, id: ServerId): Promise<McpServerRow | undefined> {
  return (await tx.orm.select().from(mcpServers).where(eq(mcpServers.id, id)))[0]
}

/** The same, locked. */
export async function lockServer(tx: Tx, id: ServerId): Promise<McpServerRow | undefined> {
  return (await tx.orm.select().from(mcpServers).where(eq(mcpServers.id, id)).for("update"))[0]
}

/** A project's, by name. */
export async function listServers(tx: Tx, projectId: IdOf<"project">): Promise<McpServerRow[]> {
  return tx.orm
    .select()
    .from(mcpServers)
    .where(eq(mcpServers.projectId, projectId))
    .orderBy(asc(mcpServers.name))
}

/** As their servers order them. */
export async function listTools(tx: Tx, ids: readonly ServerId[]): Promise<McpToolRow[]> {
  if (ids.length === 0) return []
  return tx.orm
    .select()
    .from(mcpTools)
    .where(inArray(mcpTools.serverId, [...ids]))
    .orderBy(asc(mcpTools.serverId), asc(mcpTools.position))
}

export async function insertServer(
  tx: Tx,
  row: typeof mcpServers.$inferInsert,
): Promise<McpServerRow> {
  const [made] = await tx.orm.insert(mcpServers).values(row).returning()
  // A row that was inserted is answered.
  return made as McpServerRow
}

/** Nothing when it is gone. */
export async function writeServer(
  tx: Tx,
  id: ServerId,
  set: Partial<McpServerRow>,
): Promise<McpServerRow | undefined> {
  return (await tx.orm.update(mcpServers).set(set).where(eq(mcpServers.id, id)).returning())[0]
}

export async function deleteServer(tx: Tx, id: ServerId): Promise<void> {
  await tx.orm.delete(mcpServers).where(eq(mcpServers.id, id))
}

/** In place of all that were there. */
export async function putTools(tx: Tx, id: ServerId, rows: readonly McpToolRow[]): Promise<void> {
  await tx.orm.delete(mcpTools).where(eq(mcpTools.serverId, id))
  if (rows.length > 0) await tx.orm.insert(mcpTools).values([...rows])
}

/** What was changed of it before is seen by whoever decides. */
export async function setMode(
  tx: Tx,
  of: { serverId: ServerId; name: string },
  mode: ToolMode,
): Promise<void> {
  await tx.orm
    .update(mcpTools)
    .set({ mode, changed: false })
    .where(and(eq(mcpTools.serverId, of.serverId), eq(mcpTools.name, of.name)))
}
