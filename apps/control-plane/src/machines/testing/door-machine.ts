import { createServer, type Socket } from "node:net"
import type { LiveMachine } from "../live-machines.ts"

/**
 * What stands in for a machine where only its doors matter: they are ports of this process.
 *
 * @param of.network whether it says that it shares the host's network
 */
export function doorMachine(
  of: Pick<LiveMachine, "id" | "organizationId" | "projectId"> & { network: boolean },
): { machine: LiveMachine; end(): void } {
  const { guest, end } = fakeGuest()
  const { id, organizationId, projectId, network } = of
  const seen = { id, organizationId, projectId, purpose: "live", vm: { caps: { network } }, guest }
  // Doors ask no more of a machine than these.
  return { machine: seen as unknown as LiveMachine, end }
}

function fakeGuest() {
  const closed: (() => void)[] = []
  const openDoor: LiveMachine["guest"]["openDoor"] = async (connect) => {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      connect(socket)
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    const close = () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    }
    closed.push(close)
    return { port: typeof address === "object" && address ? address.port : 0, close }
  }
  const guest = { openDoor, onClose: (told: () => void) => void closed.push(told) }
  const end = () => {
    for (const close of closed) close()
  }
  return { guest, end }
}
