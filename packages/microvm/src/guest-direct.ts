import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import { guestFault } from "./guest-replies.ts"
import { portMessage, portOpen } from "./port-message.ts"

/** longest wait for the agent's answer, in `ms` */
const openMs = 10_000

/**
 * Makes a fresh connection to an agent one to a port of its machine: after the agent's answer all
 * bytes are the port's, both ways, without frames. What the other side sends may be hostile.
 *
 * @throws Fault `port_closed`
 */
export async function openPort(
  connection: Duplex,
  { port, clock }: { port: number; clock: Clock },
): Promise<Duplex> {
  // A connection that fails later must not end the process for want of a listener.
  connection.on("error", () => {})
  connection.write(portMessage(port))
  try {
    const answer = await inTime({ clock, ms: openMs }, firstByte(connection), () => {
      throw new Error("no answer")
    })
    if (answer !== portOpen) throw new Error("nothing listens there")
    return connection
  } catch (error) {
    connection.destroy()
    throw guestFault("port_closed", String(error))
  }
}

/** By `read`, not by `data`: the stream is left neither flowing nor paused, with all that follows in it. */
function firstByte(connection: Duplex): Promise<number | undefined> {
  return new Promise((resolve) => {
    const look = () => {
      const bytes: Buffer | null = connection.read(1)
      if (bytes) answer(bytes[0])
    }
    const lost = () => answer(undefined)
    const answer = (byte: number | undefined) => {
      connection.off("readable", look).off("end", lost).off("close", lost)
      resolve(byte)
    }
    connection.on("readable", look).on("end", lost).on("close", lost)
  })
}
