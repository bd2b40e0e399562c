import type { IdOf } from "@vibecaas/contract/kinds"
import { mcpToolsOnMax, type ToolMode } from "@vibecaas/contract/kinds/mcp"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { want } from "../core/resource.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { lockLivingProject } from "../projects/index.ts"
import { needAllowed, needFreeName } from "./connect-server.ts"
import { checkHeaders, keepHeaders, type WantedHeader, wrong } from "./headers.ts"
import type { McpParts } from "./mcp-parts.ts"
import { mcpServerResource, serverChanged } from "./mcp-resource.ts"
import type { McpServerRow, McpToolRow } from "./mcp-server.ts"
import {
  deleteServer,
  listServers,
  listTools,
  lockServer,
  putTools,
  setMode,
  writeServer,
} from "./queries.ts"

export interface ServerOf {
  projectId: IdOf<"project">
  serverId: IdOf<"mcp_server">
}

export interface ServerChange {
  name?: string | undefined
  url?: string | undefined
  headers?: readonly WantedHeader[] | undefined
  enabled?: boolean | undefined
  modes?: Readonly<Record<string, ToolMode>> | undefined
}

/**
 * Changes a server, or what agents may do with its tools: their next calls follow it. One that is asked
 * elsewhere or otherwise than before is looked at again.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `version_mismatch`,
 * `name_taken`, `invalid`
 */
export async function changeServer(
  ctx: Ctx,
  parts: Pick<McpParts, "vault" | "reach">,
  change: ServerOf & { ifMatch: number | undefined; set: ServerChange },
): Promise<McpServerRow> {
  const { ifMatch, set } = change
  const before = await needServer(ctx, change)
  if (ifMatch !== undefined && ifMatch !== before.version) throw versionMismatch("this MCP server")
  if (set.name !== undefined && set.name !== before.name) {
    needFreeName(await listServers(ctx.db, change.projectId), set.name)
  }
  const { name = before.name, enabled = before.enabled } = set
  const url = set.url === undefined ? before.url : needAllowed(parts.reach.hosts, set.url)
  const headerNames = await headersFor(ctx, parts, { before, set, url })
  if (set.modes) await changeModes(ctx, before, set.modes)
  // What was decided of the tools of one address says nothing of those of another.
  if (url !== before.url) await putTools(ctx.db, before.id, [])
  const asks = url !== before.url || set.headers !== undefined || (enabled && !before.enabled)
  const row = { name, url, enabled, headerNames, lookWanted: before.lookWanted + (asks ? 1 : 0) }
  return want(ctx, mcpServerResource, {
    action: "mcp_server.change",
    details: { projectId: before.projectId, ...told(set, url) },
    write: async () => {
      const set = { ...row, version: before.version + 1, updatedAt: ctx.clock.now() }
      return (await writeServer(ctx.db, before.id, set)) ?? before
    },
  })
}

/** For the audit: names and no values. */
const told = ({ headers, url: asked, ...set }: ServerChange, url: string) => ({
  ...set,
  ...(asked === undefined ? {} : { url }),
  ...(headers === undefined ? {} : { headers: headers.map(({ name }) => name) }),
})

/**
 * What was given for one address is never sent to another: whoever changes it gives all values again.
 *
 * @throws Fault `invalid`
 */
async function headersFor(
  ctx: Ctx,
  { vault }: Pick<McpParts, "vault">,
  { before: server, set, url }: { before: McpServerRow; set: ServerChange; url: string },
): Promise<string[]> {
  const before = server.headerNames
  const kept = url === server.url ? before : []
  if (set.headers === undefined && kept.length < before.length) {
    throw wrong(
      "/headers",
      "Give the values of its headers again: they were for the other address.",
    )
  }
  if (set.headers === undefined) return kept
  const names = checkHeaders(set.headers, kept)
  await keepHeaders(ctx, vault, { server, wanted: set.headers, before })
  return names
}

/** @throws Fault `invalid` for a tool that it does not have, cannot be used, or would be one too many */
async function changeModes(
  ctx: Ctx,
  server: McpServerRow,
  modes: Readonly<Record<string, ToolMode>>,
): Promise<void> {
  const servers = await listServers(ctx.db, server.projectId)
  const ids = servers.map(({ id }) => id)
  const all = await listTools(ctx.db, ids)
  const modeOf = (tool: McpToolRow) =>
    tool.serverId === server.id && Object.hasOwn(modes, tool.name) ? modes[tool.name] : tool.mode
  for (const [name, mode] of Object.entries(modes)) {
    const tool = all.find((each) => each.serverId === server.id && each.name === name)
    if (!tool) throw wrong(`/modes/${name}`, `${server.name} has no tool ${name}.`)
    if (mode !== "off" && tool.unusable !== null) throw wrong(`/modes/${name}`, tool.unusable)
  }
  if (all.filter((tool) => modeOf(tool) !== "off").length > mcpToolsOnMax) {
    throw wrong(
      "/modes",
      `Agents of a project can have ${mcpToolsOnMax} tools. Turn others off first.`,
    )
  }
  for (const [name, mode] of Object.entries(modes)) {
    await setMode(ctx.db, { serverId: server.id, name }, mode)
  }
}

/**
 * Removes a server with its headers and what was decided of its tools.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted
 */
export async function removeServer(
  ctx: Ctx,
  { vault }: Pick<McpParts, "vault">,
  of: ServerOf,
): Promise<void> {
  const row = await needServer(ctx, of)
  await deleteServer(ctx.db, row.id)
  await vault.drop(ctx, row.id)
  const details = { about: row.name, projectId: row.projectId, url: row.url }
  record(ctx, { action: "mcp_server.remove", subject: row.id, details })
  serverChanged(ctx, row)
}

/**
 * Wants to see a server's tools as they are now.
 *
 * @throws Fault `not_found`, `wrong_state` while the server is off or the project is being deleted
 */
export async function lookAgain(ctx: Ctx, of: ServerOf): Promise<McpServerRow> {
  const before = await needServer(ctx, of)
  if (!before.enabled) {
    throw fault("wrong_state", { say: `${before.name} is off. Turn it on to look at its tools.` })
  }
  return want(ctx, mcpServerResource, {
    action: "mcp_server.look",
    details: { projectId: before.projectId },
    write: async () => {
      const set = { lookWanted: before.lookWanted + 1, updatedAt: ctx.clock.now() }
      return (await writeServer(ctx.db, before.id, set)) ?? before
    },
  })
}

/** A server of that project, which is locked with it. */
async function needServer(ctx: Ctx, { projectId, serverId }: ServerOf): Promise<McpServerRow> {
  await lockLivingProject(ctx, projectId)
  const row = await lockServer(ctx.db, serverId)
  if (row?.projectId === projectId) return row
  throw fault("not_found", { say: "There is no such MCP server." })
}
