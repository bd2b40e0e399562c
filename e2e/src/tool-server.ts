import { createServer } from "node:http"

/** An MCP server as another maker would write one: plain answers of JSON, without sessions or streams. */
export interface ToolServer {
  /** `127.0.0.1:<port>` */
  host: string
  tools: { name: string; description: string; inputSchema: object }[]
  /** what it wants to be sent as `Authorization`; anything when undefined */
  key: string | undefined
  close(): void
}

export async function startToolServer(): Promise<ToolServer> {
  const inputSchema = { type: "object", properties: { title: { type: "string" } } }
  const server: Pick<ToolServer, "tools" | "key"> = {
    key: undefined,
    tools: [
      { name: "find_tickets", description: "Finds tickets by words in their titles.", inputSchema },
      { name: "create_ticket", description: "Creates a ticket and tells its team.", inputSchema },
    ],
  }
  const http = createServer((request, response) => {
    let text = ""
    request.setEncoding("utf8")
    request.on("data", (piece) => {
      text += piece
    })
    request.on("end", () => {
      if (server.key && request.headers.authorization !== server.key) {
        return void response.writeHead(401).end()
      }
      const { id, method } = JSON.parse(text || "{}")
      if (id === undefined) return void response.writeHead(202).end()
      const result =
        method === "initialize"
          ? {
              ...{ protocolVersion: "2025-06-18", capabilities: { tools: {} } },
              serverInfo: { name: "Ticket desk", version: "4.2" },
            }
          : { tools: server.tools }
      const answer = { jsonrpc: "2.0", id, result }
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const address = http.address()
  const port = typeof address === "object" && address ? address.port : 0
  const close = () => void http.close()
  return Object.assign(server, { host: `127.0.0.1:${port}`, close })
}
