import { Readable } from "node:stream"
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js"
import type { Route } from "@vibecaas/contract/routes"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Principal } from "../../core/kind.ts"
import { signalOf } from "../route-call.ts"
import { apiPrefix } from "../routes.ts"
import type { ServedRow } from "../served.ts"
import type { ApiAnswer } from "./answer.ts"
import { makeMcpServer } from "./mcp-server.ts"
import { type ApiCall, toolsIn } from "./tools.ts"

/** Where assistants reach the platform by the Model Context Protocol. */
export const assistantsPath = `${apiPrefix}/mcp`

export interface AssistantsParts {
  served: readonly ServedRow[]
  config: { origins: readonly [string, ...string[]]; version: string }
  clock: Clock
}

/** largest message, in bytes: a prompt and what belongs to it */
const messageBytesMax = 256 * 1024
/** runs that one key waits for at the same time; each holds a connection */
const waitsMax = 5

/** Who may come in at all: whoever sends a key. What it may do is asked of each call. */
const route: Route = {
  summary: "The platform's MCP server",
  access: { by: "user" },
  apiKey: true,
  reply: { status: 200, body: null },
  faults: ["malformed"],
}

/**
 * Serves the platform as an MCP server over streamable HTTP. Each message stands alone: there is no
 * session, so a restart or another replica is not noticed, and a revoked key is refused at the next.
 * A tool's call is a call of the API, made inside of this process: allowed, counted and recorded there.
 */
export function registerAssistants(app: FastifyInstance, parts: AssistantsParts): void {
  const tools = toolsIn(parts.served)
  const waits = new Map<string, number>()
  app.route({
    method: "POST",
    url: assistantsPath,
    config: { route },
    bodyLimit: messageBytesMax,
    handler: async (request, reply) => {
      const principal = needKey(request)
      if (Array.isArray(request.body))
        throw fault("malformed", { say: "Send one message at a time." })
      const server = makeMcpServer({
        ...{ tools, principal, version: parts.config.version, clock: parts.clock },
        ask: (call) => askApi(app, request, call),
        takeWait: () => takeWait(waits, principal.userId),
      })
      signalOf(reply).addEventListener("abort", () => void server.close())
      const transport = new WebStandardStreamableHTTPServerTransport()
      // Its optional members may be undefined, which the SDK's own type of transports does not say.
      await server.connect(transport as Parameters<typeof server.connect>[0])
      const message = messageOf(request, parts.config.origins[0])
      return send(reply, await transport.handleRequest(message, { parsedBody: request.body }))
    },
  })
}

function needKey({ principal }: FastifyRequest): Principal {
  if (principal?.key) return principal
  throw fault("unauthenticated", { say: "Send an API key: “Authorization: Bearer vck_…”." })
}

function messageOf({ headers }: FastifyRequest, origin: string): Request {
  const names = ["accept", "content-type", "mcp-protocol-version"]
  const kept = names.flatMap((name) => {
    const value = headers[name]
    return typeof value === "string" ? [[name, value] as [string, string]] : []
  })
  return new Request(`${origin}${assistantsPath}`, { method: "POST", headers: kept })
}

function send(reply: FastifyReply, answer: Response): FastifyReply {
  reply.code(answer.status).headers({
    ...Object.fromEntries(answer.headers),
    "cache-control": "no-store",
    // Proxies would hold back what is told as it happens.
    "x-accel-buffering": "no",
  })
  if (!answer.body) return reply.send()
  // The same stream by the types of another standard library.
  return reply.send(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]))
}

async function askApi(
  app: FastifyInstance,
  { headers, ip }: FastifyRequest,
  { method, path, body }: ApiCall,
): Promise<ApiAnswer> {
  const answer = await app.inject({
    ...{ method, url: `${apiPrefix}${path}`, remoteAddress: ip },
    headers: {
      authorization: headers.authorization ?? "",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  const type = String(answer.headers["content-type"] ?? "")
  return { status: answer.statusCode, body: type.includes("json") ? answer.json() : answer.body }
}

function takeWait(waits: Map<string, number>, key: string): (() => void) | undefined {
  const now = waits.get(key) ?? 0
  if (now >= waitsMax) return undefined
  waits.set(key, now + 1)
  return () => {
    const left = (waits.get(key) ?? 1) - 1
    if (left > 0) waits.set(key, left)
    else waits.delete(key)
  }
}
