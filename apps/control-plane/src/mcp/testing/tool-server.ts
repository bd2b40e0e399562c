import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { Server } from "@modelcontextprotocol/sdk/server/index.js"
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js"
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js"

/** A tool that a test's server has. */
export interface TestTool {
  name: string
  description?: string
  inputSchema?: object
  annotations?: object
  /** what a call answers; its arguments as text when absent */
  act?: (args: Record<string, unknown>) => object | Promise<object>
}

/** A real MCP server on loopback, made with the SDK's own, that tests can make misbehave. */
export interface ToolServer {
  url: string
  /** `127.0.0.1:<port>` */
  host: string
  tools: TestTool[]
  /** in place of the server, unless it answers false */
  before: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>
  /** arguments of the calls that reached a tool, by its name */
  called: { name: string; args: unknown }[]
  /** headers of every request */
  heard: IncomingMessage["headers"][]
  /** answers as JSON in place of a stream */
  json: boolean
  close(): Promise<void>
}

const anything = { type: "object", properties: {} }

export async function startToolServer(tools: TestTool[] = []): Promise<ToolServer> {
  const state: Omit<ToolServer, "url" | "host" | "close"> = {
    ...{ tools, called: [], heard: [], json: false },
    before: () => false,
  }
  const http = createServer((request, response) => {
    void answer(state, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const address = http.address()
  const port = typeof address === "object" && address ? address.port : 0
  const host = `127.0.0.1:${port}`
  const close = () =>
    new Promise<void>((resolve) => {
      http.close(() => resolve())
      http.closeAllConnections()
    })
  return Object.assign(state, { url: `http://${host}/mcp`, host, close })
}

type State = Pick<ToolServer, "tools" | "before" | "called" | "heard" | "json">

async function answer(state: State, request: IncomingMessage, response: ServerResponse) {
  state.heard.push(request.headers)
  if (await state.before(request, response)) return
  const server = makeServer(state)
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: state.json })
  response.on("close", () => void server.close())
  await server.connect(transport as Parameters<Server["connect"]>[0])
  await transport.handleRequest(request, response)
}

function makeServer(state: State): Server {
  const capabilities = { tools: {} }
  const server = new Server({ name: "Test tools", version: "1.2.3" }, { capabilities })
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: state.tools.map(({ act: _, ...tool }) => ({ inputSchema: anything, ...tool })) as never,
  }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { name, arguments: args = {} } = params
    state.called.push({ name, args })
    const act = state.tools.find((each) => each.name === name)?.act
    const text = JSON.stringify(args)
    return ((await act?.(args)) ?? { content: [{ type: "text", text }] }) as never
  })
  return server
}
