import type { IdOf } from "@vibecaas/contract/kinds"
import { mcpServersMax } from "@vibecaas/contract/kinds/mcp"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { lockLivingProject } from "../projects/index.ts"
import { checkHeaders, keepHeaders, type WantedHeader, wrong } from "./headers.ts"
import type { McpParts } from "./mcp-parts.ts"
import { mcpServerResource } from "./mcp-resource.ts"
import type { McpServerRow } from "./mcp-server.ts"
import { insertServer, listServers } from "./queries.ts"
import { notAllowed } from "./reach/guarded-fetch.ts"
import { allowing } from "./reach/hosts.ts"

/**
 * Connects an MCP server to a project, whose tools are looked at next.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `quota_exceeded` when it
 * has as many as it may, `name_taken`, `invalid` when its host is not allowed or a header is wrong
 */
export async function connectServer(
  ctx: Ctx,
  parts: Pick<McpParts, "vault" | "reach">,
  wanted: {
    projectId: IdOf<"project">
    name: string
    url: string
    headers: readonly WantedHeader[]
  },
): Promise<McpServerRow> {
  const { projectId, name } = wanted
  await lockLivingProject(ctx, projectId)
  const others = await listServers(ctx.db, projectId)
  if (others.length >= mcpServersMax) {
    const say = `A project can have ${mcpServersMax} MCP servers. Remove one before you connect another.`
    throw fault("quota_exceeded", { say })
  }
  needFreeName(others, name)
  const url = needAllowed(parts.reach.hosts, wanted.url)
  const id = ctx.newId("mcp")
  const headerNames = checkHeaders(wanted.headers, [])
  return want(ctx, mcpServerResource, {
    action: "mcp_server.connect",
    details: { projectId, url, headers: headerNames },
    write: async () => {
      const server = await insertServer(ctx.db, {
        ...{ id, organizationId: ctx.organizationId, projectId, name, url, headerNames },
        ...{ enabled: true, lookWanted: 1, looked: 0, version: 1 },
        createdByName: ctx.actor.name,
        createdAt: ctx.clock.now(),
        updatedAt: ctx.clock.now(),
      })
      await keepHeaders(ctx, parts.vault, { server, wanted: wanted.headers, before: [] })
      return server
    },
  })
}

/** @throws Fault `name_taken` */
export function needFreeName(others: readonly McpServerRow[], name: string): void {
  if (!others.some((each) => each.name === name)) return
  const say = `This project has a server ${name} already. Use another name.`
  throw fault("name_taken", { say, fields: { "/name": say } })
}

/** The address as it is asked. @throws Fault `invalid` when its host is not allowed */
export function needAllowed(hosts: readonly string[], text: string): string {
  const url = new URL(text)
  if (allowing(hosts, url)) return url.href
  throw wrong("/url", notAllowed(url))
}
