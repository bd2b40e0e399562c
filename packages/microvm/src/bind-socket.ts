import { renameSync } from "node:fs"
import { chmod, chown } from "node:fs/promises"
import { createServer, type Server } from "node:net"
import { fault } from "@vibecaas/kernel/fault"

export interface BoundSocket {
  /** to be inherited by the agent, which listens on it */
  fd: number
  /** Gives the socket its final path and lets go of it; the agent alone has it then. */
  handOver(): void
}

/**
 * Binds the agent's socket outside the machine and hands only the descriptor in.
 *
 * So no directory of ours is writable from inside, and nothing in there can put a link to some
 * other socket of the host where we are going to connect. Connections made before the agent is up
 * wait in the kernel's queue.
 *
 * @param owner who may connect; only we when absent
 */
export async function bindSocket(
  path: string,
  owner?: { uid: number; gid: number },
): Promise<BoundSocket> {
  const unfinished = `${path}.new`
  if (Buffer.byteLength(unfinished) > 107) {
    throw fault("path_too_long", {
      say: "The platform's state directory has too long a name for sockets. Choose a shorter one.",
      note: unfinished,
    })
  }
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject)
    server.listen(unfinished, resolve)
  })
  await chmod(unfinished, 0o600)
  if (owner) await chown(unfinished, owner.uid, owner.gid)
  return {
    fd: descriptorOf(server),
    handOver() {
      // Renamed first: closing removes the name under which it was bound. Both without a turn of
      // the event loop in between, so that no connection can come to us.
      renameSync(unfinished, path)
      server.close()
    },
  }
}

/** Node has no public way to pass a listening pipe to a child that is not Node. */
function descriptorOf(server: Server): number {
  const handle: unknown = Reflect.get(server, "_handle")
  const fd: unknown = typeof handle === "object" && handle ? Reflect.get(handle, "fd") : undefined
  if (typeof fd !== "number" || fd < 0) throw new Error("this Node hides a socket's descriptor")
  return fd
}
