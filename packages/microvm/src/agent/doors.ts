import { createServer, type Server, type Socket } from "node:net"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"
import { spliceStream } from "./ports.ts"

const waitingMax = 64
/** how long a connection waits for the host to take it, in `ms` */
const takeMs = 10_000

let connections = 0

/** A port, and the hosts that hold it open; who came last serves it. */
interface OpenDoor {
  holders: Holder[]
  server: Server
}

interface Holder {
  stream: MuxStream
  open: Set<Socket>
}

/** doors whose port was chosen by the host, by that port */
const named = new Map<number, OpenDoor>()

/**
 * Opens a door: a loopback port whose connections the host serves, for as long as it holds the door
 * open. The stream tells lines of JSON: first `{port}`, then `{connection}` for each that
 * comes. What came by it ends with the stream, and the door with the last stream that holds it: a
 * port that the host names may be held by several hosts of one machine.
 *
 * @param request.port any free one when absent
 */
export function openDoor(ops: Ops, stream: MuxStream, request: { port?: number }): void {
  const { port } = request
  const known = port === undefined ? undefined : named.get(port)
  const door = known ?? makeDoor(ops)
  const holder = { stream, open: new Set<Socket>() }
  door.holders.push(holder)
  stream.events = { closed: () => leave(door, holder, port) }
  if (known) return void tell(stream, { port })
  if (port !== undefined) named.set(port, door)
  door.server.on("error", (error) => {
    for (const each of [...door.holders]) each.stream.fail("failed", error.message)
  })
  door.server.listen(port ?? 0, "127.0.0.1", () => void tell(stream, { port: portOf(door.server) }))
}

function makeDoor({ waiting }: Ops): OpenDoor {
  const holders: Holder[] = []
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on("error", () => {})
    const holder = holders.findLast(({ stream }) => stream.isOpen)
    if (!holder || waiting.size >= waitingMax) return void socket.destroy()
    const number = ++connections
    holder.open.add(socket)
    waiting.set(number, socket)
    const late = setTimeout(() => socket.destroy(), takeMs)
    socket.once("close", () => {
      clearTimeout(late)
      holder.open.delete(socket)
      waiting.delete(number)
    })
    socket.once("taken", () => clearTimeout(late))
    void tell(holder.stream, { connection: number })
  })
  return { holders, server }
}

function leave(door: OpenDoor, holder: Holder, port: number | undefined): void {
  const at = door.holders.indexOf(holder)
  if (at >= 0) door.holders.splice(at, 1)
  for (const socket of holder.open) socket.destroy()
  if (door.holders.length > 0) return
  if (port !== undefined && named.get(port) === door) named.delete(port)
  door.server.close()
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
