import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import { z } from "zod"
import { makePortStream } from "./guest-port.ts"
import { brokenGuest, guestFault, lostGuest } from "./guest-replies.ts"
import type { GuestSession } from "./guest-session.ts"

/** A loopback port of the machine whose connections the host serves. */
export interface Door {
  /** where programs of the machine find it */
  port: number
  close(): void
}

const line = z.union([
  z.object({ port: z.int().min(1).max(65_535) }),
  z.object({ connection: z.int().positive() }),
])
const lineMax = 200

/** @throws Fault `guest_timeout`, `guest_lost`, `guest_failed` when the port is somebody else's */
export async function openDoor(
  session: GuestSession,
  of: {
    connect(connection: Duplex): void
    /** any free one when absent */
    port?: number | undefined
    clock: Clock
    callTimeoutMs?: number
  },
): Promise<Door> {
  const opened = Promise.withResolvers<number>()
  const take = (connection: number) => {
    try {
      const carried = makePortStream((events) => session.open({ op: "take", connection }, events))
      carried.opened.then(
        () => of.connect(carried.duplex),
        () => carried.duplex.destroy(),
      )
    } catch {
      // As many as a session carries are under way: this one is cut off by the agent, in a while.
    }
  }
  let rest = ""
  const stream = session.open(
    { op: "door", ...(of.port === undefined ? {} : { port: of.port }) },
    {
      data: (bytes) => {
        stream.grant(bytes)
        const lines = (rest + bytes.toString("utf8")).split("\n")
        rest = lines.pop() ?? ""
        try {
          if (rest.length > lineMax) throw brokenGuest("a long line at a door")
          for (const each of lines) {
            const said = line.parse(JSON.parse(each))
            if ("port" in said) opened.resolve(said.port)
            else take(said.connection)
          }
        } catch {
          stream.cancel()
        }
      },
      fail: (code, message) => opened.reject(guestFault(code, message)),
      closed: (reason) => opened.reject(lostGuest(reason)),
    },
  )
  const limit = { clock: of.clock, ms: of.callTimeoutMs ?? 30_000 }
  const port = await inTime(limit, opened.promise, () => {
    stream.cancel()
    return opened.promise
  })
  return { port, close: () => stream.cancel() }
}
