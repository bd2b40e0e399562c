import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { connectPort, connectSocket } from "../connect-socket.ts"
import type { Vm, VmDriver } from "../port.ts"
import { type Channel, capsSchema, machineSchema, replyMessage, type Verb } from "./channel.ts"

/**
 * The driver of another process, used as if it were ours. Bytes to and from machines do not pass
 * through that process: they go straight to each machine's socket.
 *
 * @param name of the driver that is served at the other end
 */
export function remoteDriver(name: string, channel: Channel): VmDriver {
  const call = makeCaller(channel)
  const asVm = (value: unknown): Vm => {
    const { id, caps, socketPath } = machineSchema.parse(value)
    return {
      id,
      caps,
      connect: () => connectSocket(socketPath),
      connectPort: (port) => connectPort(socketPath, { port, clock: systemClock }),
      alive: async () => (await call("find", id)) !== undefined,
    }
  }
  return {
    name,
    async probe(signal) {
      signal?.throwIfAborted()
      return capsSchema.parse(await call("probe"))
    },
    boot: async (spec) => asVm(await call("boot", spec)),
    async find(id) {
      const found = await call("find", id)
      return found === undefined ? undefined : asVm(found)
    },
    list: async () => z.array(z.string()).parse(await call("list")),
    destroy: async (id) => void (await call("destroy", id)),
    deleteData: async (dataDir) => void (await call("deleteData", dataDir)),
  }
}

function makeCaller(channel: Channel) {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  let open = true
  channel.onMessage((message) => {
    const reply = replyMessage.safeParse(message)
    if (!reply.success) return
    const call = waiting.get(reply.data.vmReply)
    waiting.delete(reply.data.vmReply)
    if (reply.data.ok) return call?.resolve(reply.data.value)
    const { code, say, note, retryable } = reply.data.fault
    call?.reject(fault(code, { say, retryable, ...(note === undefined ? {} : { note }) }))
  })
  channel.onClose(() => {
    open = false
    for (const call of waiting.values()) call.reject(launcherGone())
    waiting.clear()
  })
  return (verb: Verb, argument?: unknown): Promise<unknown> => {
    if (!open) return Promise.reject(launcherGone())
    const call = Promise.withResolvers<unknown>()
    last += 1
    waiting.set(last, call)
    channel.send({ vmCall: last, verb, argument })
    return call.promise
  }
}

function launcherGone() {
  return fault("launcher_gone", {
    say: "The part of the platform that runs machines has stopped. Restart the platform.",
    retryable: true,
  })
}
