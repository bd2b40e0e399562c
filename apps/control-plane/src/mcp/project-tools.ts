import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { readHeaders } from "./headers.ts"
import type { McpParts } from "./mcp-parts.ts"
import { calledAs, type McpServerRow, type McpToolRow } from "./mcp-server.ts"
import { listServers, listTools } from "./queries.ts"
import { callTool, type McpAnswer } from "./reach/call-tool.ts"
import type { Address } from "./reach/exchange.ts"
import type { InputSchema } from "./reach/input-schema.ts"

/** A tool that a project's agents are told of; its words are its server's. */
export interface OfferedTool {
  calledAs: string
  /** the name that people gave its server */
  server: string
  name: string
  description: string
  inputSchema: InputSchema
}

/** A tool as it stands now, to be called. */
export interface ProjectTool extends OfferedTool {
  mode: "ask" | "allowed"
  repeatable: boolean
  /** its headers are secrets: they go into no journal, no log and no prompt */
  address: Address
}

/** What agents have of the MCP servers of their project. */
export interface McpTools {
  offered(ctx: Ctx, projectId: IdOf<"project">): Promise<OfferedTool[]>
  /** nothing once somebody turned it off, or its server, or it is gone */
  find(ctx: Ctx, projectId: IdOf<"project">, name: string): Promise<ProjectTool | undefined>
  /** @throws Fault `mcp_failed` with whether the call was made; what `signal` was aborted with */
  call(tool: ProjectTool, args: unknown, signal: AbortSignal): Promise<McpAnswer>
}

export function makeMcpTools({ vault, reach }: Pick<McpParts, "vault" | "reach">): McpTools {
  return {
    offered: async (ctx, projectId) => {
      const all = await listOn(ctx, projectId)
      return all.map(({ server, tool }) => offer(server, tool))
    },
    async find(ctx, projectId, name) {
      const all = await listOn(ctx, projectId)
      const found = all.find(({ server, tool }) => calledAs(server.name, tool.name) === name)
      if (!found || found.tool.mode === "off") return undefined
      const { server, tool } = found
      const address = { url: server.url, headers: await readHeaders(ctx, vault, server) }
      return { ...offer(server, tool), mode: found.tool.mode, repeatable: tool.repeatable, address }
    },
    call: ({ address, name }, args, signal) => callTool(reach, address, { name, args, signal }),
  }
}

/** Servers that may be asked, with those of their tools that agents may use. */
async function listOn(ctx: Ctx, projectId: IdOf<"project">) {
  const servers = (await listServers(ctx.db, projectId)).filter(({ enabled }) => enabled)
  const ids = servers.map(({ id }) => id)
  const tools = await listTools(ctx.db, ids)
  return servers.flatMap((server) =>
    tools
      .filter((tool) => tool.serverId === server.id && tool.mode !== "off" && !tool.unusable)
      .map((tool) => ({ server, tool })),
  )
}

function offer(server: McpServerRow, tool: McpToolRow): OfferedTool {
  const { name, description, inputSchema } = tool
  return {
    calledAs: calledAs(server.name, name),
    server: server.name,
    name,
    description,
    inputSchema,
  }
}
