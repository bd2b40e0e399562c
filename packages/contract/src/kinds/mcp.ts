import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { inProject, projectId } from "./projects.ts"
import { organizationId } from "./tenants.ts"

export const mcpServerId = idOf("mcp", "an MCP server")

/** `off` agents are not told of it; `ask` a person decides on every call; `allowed` agents call it by themselves. */
export const toolModes = ["off", "ask", "allowed"] as const
export type ToolMode = (typeof toolModes)[number]

/**
 * What was last seen of a server: `looking` its tools are being listed, `ready` they were listed,
 * `unreachable` they could not be, `off` nobody asks it.
 */
export const mcpServerStates = ["looking", "ready", "unreachable", "off"] as const

export const mcpServersMax = 10
export const mcpToolsMax = 100
/** tools of one project that agents are told of */
export const mcpToolsOnMax = 30

export const mcpTool = z
  .object({
    name: z.string().meta({ description: "as its server calls it" }),
    calledAs: z.string().meta({ description: "as agents call it" }),
    description: z.string().meta({ description: "the server's words, cut" }),
    inputSchema: z.record(z.string(), z.unknown()),
    repeatable: z.boolean().meta({
      description: "the server says that calling it again with the same arguments does no harm",
    }),
    mode: z.enum(toolModes),
    changed: z.boolean().meta({
      description: "it is not what it was when somebody let agents use it, and is off since then",
    }),
    unusable: z.string().nullable().meta({ description: "why agents cannot use it" }),
  })
  .meta({ id: "McpTool" })
export type McpTool = z.infer<typeof mcpTool>

export const mcpServer = z
  .object({
    id: mcpServerId,
    organizationId,
    projectId,
    name: z.string(),
    url: z.string(),
    headers: z.array(z.object({ name: z.string() })).meta({
      description: "what is sent with each request; values are sealed and never shown",
    }),
    enabled: z.boolean(),
    state: z.enum(mcpServerStates),
    stateDetail: z.string().nullable().meta({
      description: "why it could not be reached, or what was left out of its list",
    }),
    calls: z.string().nullable().meta({ description: "its own name and version" }),
    tools: z.array(mcpTool),
    lookedAt: instant.nullable(),
    createdBy: z.string(),
    createdAt: instant,
    version: z.number().int().meta({ description: "send it back as If-Match" }),
  })
  .meta({ id: "McpServer" })
export type McpServer = z.infer<typeof mcpServer>

const name = z
  .string()
  .trim()
  .max(20, "Use at most 20 characters.")
  .regex(/^[a-z][a-z0-9-]*$/, "Use lower-case letters, digits and hyphens, for example tickets.")
const url = z
  .url({ protocol: /^https?$/, error: "Use an https address, for example https://host/mcp." })
  .max(500, "Use at most 500 characters.")
  .regex(/^[^@?#]*$/, "Use an address without a user, a query or a fragment.")
const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, "Use a header's name, for example Authorization.")
const headerValue = z
  .string()
  .trim()
  .min(1, "Write a value.")
  .max(4000, "Use at most 4,000 characters.")
  .regex(/^[\x20-\x7e]*$/, "Use plain characters, without line breaks.")
const headersOf = <Value extends z.ZodType>(value: Value) =>
  z.array(z.strictObject({ name: headerName, value })).max(10, "Send at most 10 headers.")

const params = z.object({ projectId, serverId: mcpServerId })
const read = { ...inProject, permission: "project:read" } as const
const update = { ...inProject, permission: "project:update" } as const

export const mcpRoutes = {
  "GET /projects/{projectId}/mcp-servers": {
    summary: "MCP servers of a project with their tools, and the hosts that this platform allows",
    access: read,
    params: z.object({ projectId }),
    reply: {
      status: 200,
      body: z.object({
        items: z.array(mcpServer),
        allowedHosts: z.array(z.string()).meta({
          description: "what VIBECAAS_MCP_HOSTS says; with none, no server can be connected",
        }),
      }),
    },
  },
  "POST /projects/{projectId}/mcp-servers": {
    summary: "Connect an MCP server to a project and list its tools; all of them begin as off",
    access: update,
    params: z.object({ projectId }),
    body: z.strictObject({ name, url, headers: headersOf(headerValue).default([]) }),
    reply: { status: 201, body: mcpServer },
    faults: ["invalid", "name_taken", "quota_exceeded", "wrong_state"],
  },
  "PATCH /projects/{projectId}/mcp-servers/{serverId}": {
    summary: "Change an MCP server, or what agents may do with its tools",
    access: update,
    params,
    body: z
      .strictObject({
        name,
        url,
        headers: headersOf(headerValue.optional()).meta({
          description: "all of them; one without a value keeps the one it has",
        }),
        enabled: z.boolean(),
        modes: z.record(z.string().max(200), z.enum(toolModes)).meta({
          description: "of those of its tools that are named",
        }),
      })
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: mcpServer },
    faults: ["invalid", "name_taken", "version_mismatch", "wrong_state"],
    ifMatch: true,
  },
  "DELETE /projects/{projectId}/mcp-servers/{serverId}": {
    summary: "Remove an MCP server with its headers; agents are told of its tools no more",
    access: update,
    params,
    reply: { status: 204, body: null },
    faults: ["wrong_state"],
  },
  "POST /projects/{projectId}/mcp-servers/{serverId}/look": {
    summary: "List a server's tools again; new and changed ones are off",
    access: update,
    params,
    reply: { status: 202, body: mcpServer },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable

export const mcp = defineKind({
  noun: "MCP server",
  about: "Servers whose tools a project's agents may use, by the Model Context Protocol.",
  parent: "project",
  ids: { mcp_server: mcpServerId },
  events: { "mcp_server.changed": ["project"] },
  loops: ["mcp-servers"],
  routes: mcpRoutes,
})
