import { type Duplex, pipeline } from "node:stream"
import { heardFault, tellFault, toldFaultSchema } from "@vibecaas/kernel/calls"
import { z } from "zod"
import { checkRef } from "../check-spec.ts"
import { silentGuest } from "../guest-replies.ts"
import type { VmHost } from "../host.ts"
import { type StreamTo, streamToSchema } from "./channel.ts"
import { unexpected } from "./serve-host.ts"

const lineBytesMax = 4096

/**
 * Opens a stream to a machine over a connection that somebody serves with `relayStream`: one
 * connection each. The first line says where to; the answer is a line too; from then on the bytes
 * are the machine's.
 */
export async function openStream(connection: Duplex, to: StreamTo): Promise<Duplex> {
  connection.write(`${JSON.stringify(to)}\n`)
  const answer = answerSchema.parse(JSON.parse(await readLine(connection)))
  if (answer.ok) return connection
  connection.destroy()
  throw heardFault(answer.fault)
}

/** Serves one stream: joins the connection to the machine that its first line names. */
export async function relayStream(host: VmHost, connection: Duplex): Promise<void> {
  connection.on("error", () => {})
  try {
    const machine = await connectTo(host, JSON.parse(await readLine(connection)))
    connection.write(`${JSON.stringify({ ok: true })}\n`)
    pipeline(connection, machine, connection, () => {})
  } catch (error) {
    connection.end(`${JSON.stringify({ ok: false, fault: tellFault(error, unexpected) })}\n`)
  }
}

async function connectTo(host: VmHost, wish: unknown): Promise<Duplex> {
  const { port, ...ref } = streamToSchema.parse(wish)
  const vm = await host.find(checkRef(ref))
  if (!vm) throw silentGuest("no such machine lives here")
  if (port === undefined) return vm.connect()
  if (!vm.connectPort) throw silentGuest("its driver opens no ports by themselves")
  return vm.connectPort(port)
}

const answerSchema = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), fault: toldFaultSchema }),
])

/** One line; what came after it is put back. @throws Fault `guest_silent` when it does not come */
function readLine(connection: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = Buffer.alloc(0)
    const settle = (act: () => void) => {
      connection.off("readable", read).off("close", lost).off("error", lost)
      act()
    }
    const lost = () =>
      settle(() => reject(silentGuest("the connection closed before its first line")))
    const read = () => {
      for (let chunk = connection.read(); chunk !== null; chunk = connection.read()) {
        text = Buffer.concat([text, chunk])
        const end = text.indexOf("\n")
        if (end >= 0) {
          const rest = text.subarray(end + 1)
          return settle(() => {
            if (rest.length > 0) connection.unshift(rest)
            resolve(text.subarray(0, end).toString("utf8"))
          })
        }
        if (text.length > lineBytesMax) return lost()
      }
    }
    connection.on("readable", read).on("close", lost).on("error", lost)
    read()
  })
}
