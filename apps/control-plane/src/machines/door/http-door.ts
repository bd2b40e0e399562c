import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http"
import type { Duplex } from "node:stream"
import type { Log } from "@vibecaas/kernel/log"
import type { DoorServer } from "../doors.ts"

export interface HttpDoor {
  /** answers a request; what it throws ends the connection */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** takes over a connection that asks for a tunnel; refused when absent */
  tunnel?(request: IncomingMessage, connection: Duplex, first: Buffer): void
  connectionsMax: number
  log: Log
}

/** Speaks HTTP/1.1 with whoever connects at a door. */
export function httpDoor({ answer, tunnel, connectionsMax, log }: HttpDoor): DoorServer {
  const connections = new Set<Duplex>()
  const listener: RequestListener = (request, response) => {
    answer(request, response).catch((error) => {
      if (!response.destroyed) log.warn({ err: error }, "a request at a door was not answered")
      response.destroy()
    })
  }
  const server = createServer({ maxHeaderSize: 16_384 }, listener)
  server.headersTimeout = 15_000
  server.requestTimeout = 60_000
  server.on("connect", (request, connection, first) => {
    if (tunnel) return tunnel(request, connection, first)
    connection.end("HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\n\r\n")
  })
  server.on("clientError", (_, connection) => connection.destroy())
  return {
    connect(connection) {
      connection.on("error", () => connection.destroy())
      if (connections.size >= connectionsMax) return void connection.destroy()
      connections.add(connection)
      connection.once("close", () => connections.delete(connection))
      server.emit("connection", connection)
    },
    close() {
      for (const connection of connections) connection.destroy()
      server.close()
    },
  }
}
