import { connect, createServer, type Socket } from "node:net"
import type { MuxStream } from "../guest-mux.ts"
import { portClosed, portOpen } from "../port-message.ts"
import { type AgentConfig, Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"
import { feed } from "./stream-input.ts"

/** A TCP connection inside the machine, spliced to the stream. */
export async function connectPort(
  ops: Ops,
  stream: MuxStream,
  request: { port: number },
): Promise<void> {
  const { port } = request
  if (!isOurs(ops, port)) {
    throw new Refusal("outside", `port ${port} does not belong to this machine`)
  }
  const socket = await dial(ops.config, port)
  if (!socket) return stream.fail("port_closed", `nothing listens on port ${port}`)
  spliceStream(socket, stream)
}

/** Carries a connection by a stream, both ways. */
export function spliceStream(socket: Socket, stream: MuxStream): void {
  if (!stream.isOpen) return void socket.destroy()
  feed(stream, socket)
  socket.on("error", (error) => stream.fail("port_closed", error.message))
  stream.opened()
  void pump(socket, stream)
}

/** Makes a connection of the host one to the port: an answer of one byte, then only the port's bytes. */
export async function splicePort(ops: Ops, host: Socket, port: number): Promise<void> {
  const socket = isOurs(ops, port) ? await dial(ops.config, port) : undefined
  if (!socket) return void host.end(Buffer.of(portClosed))
  host.write(Buffer.of(portOpen))
  host.pipe(socket).pipe(host)
  // Each half ends by itself; what breaks on one side breaks the other.
  socket.on("error", () => host.destroy())
  host.on("error", () => socket.destroy())
  host.on("close", () => socket.destroy())
  if (host.destroyed) socket.destroy()
}

/** On a shared network only ports that we handed out may be connected to. */
const isOurs = ({ config, ports }: Ops, port: number) => !config.sharedNetwork || ports.has(port)

/**
 * A connection to whoever listens on the port, also on IPv6's loopback alone; `undefined` when nobody
 * does. On a shared network only the address on which we found the port free is the app's.
 */
async function dial(config: AgentConfig, port: number): Promise<Socket | undefined> {
  for (const host of config.sharedNetwork ? ["127.0.0.1"] : ["127.0.0.1", "::1"]) {
    const socket = connect({ port, host, allowHalfOpen: true, noDelay: true })
    const connected = await new Promise<boolean>((resolve) => {
      socket.setTimeout(dialMs, () => socket.destroy())
      socket.once("connect", () => resolve(true))
      socket.once("error", () => {}).once("close", () => resolve(false))
    })
    socket.setTimeout(0)
    if (connected) return socket
  }
  return undefined
}

/** A port on loopback answers at once; what takes long is a machine that is very busy. */
const dialMs = 5000

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

/** The connection ends like any other: cut off, it would be an error that a simple app does not catch. */
export async function isListening(config: AgentConfig, port: number): Promise<boolean> {
  const socket = await dial(config, port)
  socket?.on("error", () => {})
  socket?.setTimeout(dialMs, () => socket.destroy())
  socket?.resume().end()
  return socket !== undefined
}
