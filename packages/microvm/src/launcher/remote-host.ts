import { makeCaller, type Wire } from "@vibecaas/kernel/calls"
import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { connectPort, connectSocket } from "../connect-socket.ts"
import { silentGuest } from "../guest-replies.ts"
import type { MachineRef, VmHost } from "../host.ts"
import { capsSchema, type Vm } from "../port.ts"
import { type Channel, foundSchema, machineSchema, replyMessage, type Verb } from "./channel.ts"

/**
 * A host behind a channel, used as if it were ours. Bytes to and from machines do not pass through
 * the messages: they go straight to each machine's socket, or by the link when the host is not near.
 *
 * @param id of the host that is served at the other end
 */
export function remoteHost(id: string, channel: Channel): VmHost {
  const ask = makeCaller<{ verb: Verb; argument: unknown }>(channel, wire)
  const call = (verb: Verb, argument?: unknown) => ask({ verb, argument })
  const asVm = (value: unknown): Vm => {
    const { id: vmId, caps, ports, near } = machineSchema.parse(value)
    const ref = { id: vmId, driver: caps.driver }
    return {
      id: vmId,
      caps,
      ...(channel.open ? farStreams(channel.open, ref, ports) : nearStreams(near, ports)),
      alive: async () => (await call("find", ref)) !== undefined,
    }
  }
  return {
    id,
    probe: async () => capsSchema.parse(await call("probe")),
    boot: async (spec, driver) => asVm(await call("boot", { spec, driver })),
    async find(ref) {
      const found = await call("find", named(ref))
      return found === undefined ? undefined : asVm(found)
    },
    list: async () => foundSchema.parse(await call("list")),
    destroy: async (ref) => void (await call("destroy", named(ref))),
    deleteData: async (ref) => void (await call("deleteData", named(ref))),
  }
}

const wire: Wire<{ verb: Verb; argument: unknown }> = {
  message: (vmCall, asked) => ({ vmCall, ...asked }),
  reply(message) {
    const { success, data } = replyMessage.safeParse(message)
    return success ? { ...data, call: data.vmReply } : undefined
  },
  gone: launcherGone,
}

/** Callers hand over whole rows, which name a machine too; the other end takes nothing but its name. */
const named = ({ id, driver }: MachineRef): MachineRef => ({ id, driver })

type Streams = Pick<Vm, "connect" | "connectPort" | "near">

/** By the link: paths of the other end mean nothing here. */
function farStreams(
  open: NonNullable<Channel["open"]>,
  ref: { id: string; driver: string },
  ports: boolean,
): Streams {
  return {
    connect: () => open(ref),
    ...(ports ? { connectPort: (port: number) => open({ ...ref, port }) } : {}),
  }
}

/** On the same host. */
function nearStreams(near: Vm["near"], ports: boolean): Streams {
  if (!near) return { connect: () => Promise.reject(silentGuest("neither near nor by the link")) }
  const path = near.agentSocket
  return {
    near,
    connect: () => connectSocket(path),
    ...(ports
      ? { connectPort: (port: number) => connectPort(path, { port, clock: systemClock }) }
      : {}),
  }
}

function launcherGone() {
  return fault("launcher_gone", {
    say: "The part of the platform that runs machines has stopped. Restart the platform.",
    retryable: true,
  })
}
