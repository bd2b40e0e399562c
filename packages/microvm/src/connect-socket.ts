import { connect } from "node:net"
import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { openPort } from "./guest-direct.ts"
import { silentGuest } from "./guest-replies.ts"

/** Connects to a machine's socket on this host. @throws Fault `guest_silent` when it is gone */
export function connectSocket(path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, allowHalfOpen: true })
    socket.once("connect", () => resolve(socket))
    socket.once("error", (cause) => reject(silentGuest(cause)))
  })
}

/** Connects to a port of the machine behind a socket. @throws Fault `port_closed`, `guest_silent` */
export async function connectPort(
  path: string,
  of: { port: number; clock: Clock },
): Promise<Duplex> {
  return openPort(await connectSocket(path), of)
}
