import { isFault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import { checkSpec, checkVmId } from "../check-spec.ts"
import type { Vm, VmDriver } from "../port.ts"
import {
  type Channel,
  callMessage,
  type NamedMachine,
  type ReplyMessage,
  type Verb,
} from "./channel.ts"

/** A driver whose machines another process can reach by a socket. */
export interface ServableDriver extends VmDriver {
  boot(spec: Parameters<VmDriver["boot"]>[0]): Promise<Vm & { socketPath: string }>
  find(id: string): Promise<(Vm & { socketPath: string }) | undefined>
}

/** calls under way; a server that asks for more is broken */
const callsMax = 256

/**
 * Lets the process at the other end use the driver's verbs, and nothing else. It may be less
 * trusted than we are: whatever it sends is checked here and again by the driver.
 *
 * @returns stops serving; machines stay
 */
export function serveDriver(driver: ServableDriver, channel: Channel, log: Log): () => void {
  let calls = 0
  return channel.onMessage(async (message) => {
    const call = callMessage.safeParse(message)
    if (!call.success) return
    const { vmCall, verb, argument } = call.data
    if (calls >= callsMax) return channel.send(refusedCall(vmCall))
    calls += 1
    try {
      const value = await handlers[verb](driver, argument)
      channel.send({ vmReply: vmCall, ok: true, value } satisfies ReplyMessage)
    } catch (error) {
      if (!isFault(error)) log.error({ err: error, verb }, "a driver's verb failed")
      channel.send({
        vmReply: vmCall,
        ok: false,
        fault: describeFault(error),
      } satisfies ReplyMessage)
    } finally {
      calls -= 1
    }
  })
}

const handlers: Record<Verb, (driver: ServableDriver, argument: unknown) => Promise<unknown>> = {
  probe: (driver) => driver.probe(),
  boot: async (driver, spec) => nameMachine(await driver.boot(checkSpec(spec))),
  find: async (driver, id) => {
    const vm = await driver.find(checkVmId(id))
    return vm && nameMachine(vm)
  },
  list: (driver) => driver.list(),
  destroy: (driver, id) => driver.destroy(checkVmId(id)),
  deleteData: (driver, dataDir) => driver.deleteData(String(dataDir)),
}

function nameMachine({ id, caps, socketPath }: Vm & { socketPath: string }): NamedMachine {
  return { id, caps, socketPath }
}

function describeFault(error: unknown) {
  if (!isFault(error)) {
    return {
      code: "driver_failed",
      say: "The machine's host had an unexpected problem. Try again.",
      note: String(error),
      retryable: true,
    }
  }
  const { code, say, note, retryable } = error
  return { code, say, retryable, ...(note === undefined ? {} : { note }) }
}

function refusedCall(vmReply: number): ReplyMessage {
  const say = "The machine's host is busy. Try again in a moment."
  return { vmReply, ok: false, fault: { code: "host_busy", say, retryable: true } }
}
