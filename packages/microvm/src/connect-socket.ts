import { connect } from "node:net"
import type { Duplex } from "node:stream"
import { fault } from "@vibecaas/kernel/fault"

/** Connects to a machine's socket on this host. @throws Fault `guest_silent` when it is gone */
export function connectSocket(path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once("connect", () => resolve(socket))
    socket.once("error", (cause) => {
      reject(
        fault("guest_silent", {
          say: "The machine does not answer. It will be started again; your files are kept.",
          note: String(cause),
          retryable: true,
          cause,
        }),
      )
    })
  })
}
