import { tellFault } from "@vibecaas/kernel/calls"
import { isFault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import { checkBoot, checkRef } from "../check-spec.ts"
import type { VmHost } from "../host.ts"
import type { Vm } from "../port.ts"
import {
  type Channel,
  callMessage,
  type NamedMachine,
  type ReplyMessage,
  type Verb,
} from "./channel.ts"

/** calls under way; a server that asks for more is broken */
const callsMax = 256

/**
 * Lets the process at the other end use the host's verbs, and nothing else. It may be less trusted
 * than we are: whatever it sends is checked here and again by the drivers.
 *
 * @returns stops serving; machines stay
 */
export function serveHost(host: VmHost, channel: Channel, log: Log): () => void {
  let calls = 0
  return channel.onMessage(async (message) => {
    const call = callMessage.safeParse(message)
    if (!call.success) return
    const { vmCall, verb, argument } = call.data
    if (calls >= callsMax) return channel.send(refusedCall(vmCall))
    calls += 1
    try {
      const value = await handlers[verb](host, argument)
      channel.send({ vmReply: vmCall, ok: true, value } satisfies ReplyMessage)
    } catch (error) {
      if (!isFault(error)) log.error({ err: error, verb }, "a host's verb failed")
      channel.send({
        vmReply: vmCall,
        ok: false,
        fault: tellFault(error, unexpected),
      } satisfies ReplyMessage)
    } finally {
      calls -= 1
    }
  })
}

const handlers: Record<Verb, (host: VmHost, argument: unknown) => Promise<unknown>> = {
  probe: (host) => host.probe(),
  async boot(host, argument) {
    const { spec, driver } = checkBoot(argument)
    return nameMachine(await host.boot(spec, driver))
  },
  find: async (host, ref) => {
    const vm = await host.find(checkRef(ref))
    return vm && nameMachine(vm)
  },
  list: (host) => host.list(),
  destroy: (host, ref) => host.destroy(checkRef(ref)),
  deleteData: (host, ref) => host.deleteData(checkRef(ref)),
}

function nameMachine({ id, caps, connectPort, near }: Vm): NamedMachine {
  return { id, caps, ports: connectPort !== undefined, ...(near ? { near } : {}) }
}

/** Said of a failure that is no fault. */
export const unexpected = "The machine's host had an unexpected problem. Try again."

function refusedCall(vmReply: number): ReplyMessage {
  const say = "The machine's host is busy. Try again in a moment."
  return { vmReply, ok: false, fault: { code: "host_busy", say, retryable: true } }
}
