import { once } from "node:events"
import { readdir, readlink } from "node:fs/promises"
import type { Socket } from "node:net"
import { setTimeout as delay } from "node:timers/promises"

interface Attempt {
  /** a socket to a server of this very process, which lets its own side stay open */
  dial(): Socket
  /** what it says first, and is refused */
  head: string
}

const clients = 20
const patienceMs = 6_000

/**
 * How many descriptors a server of this process keeps for clients that it refused: when they say
 * more and go, and while they say nothing and stay.
 */
export async function socketsLeftOpen(attempt: Attempt) {
  const before = await descriptors()
  for (const socket of await refused(attempt)) {
    socket.end("late bytes")
    await once(socket, "close")
  }
  const afterLateBytes = (await settled(before)) - before
  const staying = await refused(attempt)
  const whileClientStays = (await settled(before + clients)) - before - clients
  for (const socket of staying) socket.destroy()
  await settled(before)
  return { afterLateBytes, whileClientStays }
}

function refused({ dial, head }: Attempt): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: clients }, async () => {
      const socket = dial()
      socket.on("error", () => {})
      socket.write(head)
      await once(socket, "data")
      return socket.resume()
    }),
  )
}

/** The number of open descriptors once it came down to `expected`, or after a while. */
async function settled(expected: number): Promise<number> {
  const until = Date.now() + patienceMs
  while ((await descriptors()) > expected && Date.now() < until) await delay(50)
  return Math.max(await descriptors(), expected)
}

/** Of sockets only: files come and go with whatever the process loads. */
async function descriptors(): Promise<number> {
  const links = await Promise.all(
    (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
  )
  return links.filter((link) => link.startsWith("socket:")).length
}
