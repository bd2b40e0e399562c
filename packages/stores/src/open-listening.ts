import { connect } from "node:net"
import type { Duplex } from "node:stream"
import { fault } from "@vibecaas/kernel/fault"
import type { Listen } from "./engine.ts"

/** One connection to a process on this host. @throws Fault `unavailable` when nobody takes it */
export function openListening(listen: Listen): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect("socket" in listen ? { path: listen.socket } : { ...listen })
    socket.once("connect", () => {
      socket.removeAllListeners("error")
      // Whoever uses it hears of its end by `close` too; nobody must hear of both.
      socket.on("error", () => {})
      resolve(socket)
    })
    socket.once("error", (error) =>
      reject(
        fault("unavailable", {
          say: "The store's program does not answer.",
          note: error.message,
          retryable: true,
        }),
      ),
    )
  })
}
