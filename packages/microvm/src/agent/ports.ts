import { connect, createServer, type Socket } from "node:net"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"

/** A TCP connection inside the machine, spliced to the stream. */
export function connectPort(ops: Ops, stream: MuxStream, request: { port: number }): void {
  const { port } = request
  if (ops.config.sharedNetwork && !ops.ports.has(port)) {
    throw new Refusal("outside", `port ${port} does not belong to this machine`)
  }
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true })
  stream.events = {
    data: (bytes) => socket.write(bytes, () => stream.grant(bytes)),
    end: () => socket.end(),
    closed: () => socket.destroy(),
  }
  socket.on("connect", () => {
    stream.opened()
    void pump(socket, stream)
  })
  socket.on("error", (error) => stream.fail("port_closed", error.message))
}

async function pump(socket: Socket, stream: MuxStream): Promise<void> {
  try {
    for await (const chunk of socket) if (!(await stream.send(chunk))) return
    stream.end()
    socket.once("close", () => stream.result({}))
    if (socket.closed) stream.result({})
  } catch {
    stream.fail("port_closed", "the connection broke")
  }
}

/** A port nobody listens on now; remembered as ours. */
export function freePort(ops: Ops, stream: MuxStream): void {
  const server = createServer()
  server.on("error", (error) => stream.fail("failed", error.message))
  server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    const port = typeof address === "object" && address ? address.port : 0
    ops.ports.add(port)
    server.close(() => stream.result({ port }))
  })
}

export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: 1000 })
    const answer = (listening: boolean) => {
      socket.destroy()
      resolve(listening)
    }
    socket.on("connect", () => answer(true))
    socket.on("error", () => answer(false))
    socket.on("timeout", () => answer(false))
  })
}
