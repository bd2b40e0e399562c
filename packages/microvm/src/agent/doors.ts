import { createServer, type Server, type Socket } from "node:net"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"
import { spliceStream } from "./ports.ts"

const waitingMax = 64
/** how long a connection waits for the host to take it, in `ms` */
const takeMs = 10_000

let connections = 0

/**
 * Opens a door: a loopback port whose connections the host serves, for as long as it holds the door
 * open. The stream tells lines of JSON: first `{port}`, then `{connection}` for each that
 * comes. The door closes with the stream.
 */
export function openDoor({ waiting }: Ops, stream: MuxStream): void {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on("error", () => {})
    if (!stream.isOpen || waiting.size >= waitingMax) return void socket.destroy()
    const number = ++connections
    open.add(socket)
    waiting.set(number, socket)
    const late = setTimeout(() => socket.destroy(), takeMs)
    socket.once("close", () => {
      clearTimeout(late)
      open.delete(socket)
      waiting.delete(number)
    })
    socket.once("taken", () => clearTimeout(late))
    void tell(stream, { connection: number })
  })
  stream.events = {
    closed: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
  server.on("error", (error) => stream.fail("failed", error.message))
  server.listen(0, "127.0.0.1", () => void tell(stream, { port: portOf(server) }))
}

/** Carries a connection that waits at a door by a stream of its own. */
export function takeConnection(
  { waiting }: Ops,
  stream: MuxStream,
  { connection }: { connection: number },
): void {
  const socket = waiting.get(connection)
  if (!socket) throw new Refusal("port_closed", "the connection is gone")
  waiting.delete(connection)
  socket.emit("taken")
  spliceStream(socket, stream)
}

const tell = (stream: MuxStream, line: object) =>
  stream.send(Buffer.from(`${JSON.stringify(line)}\n`))

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === "object" && address ? address.port : 0
}
