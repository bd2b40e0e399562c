import type { Duplex } from "node:stream"
import { isFault } from "@vibecaas/kernel/fault"
import type { LiveMachine, MachineRow } from "../machines/index.ts"
import type { AppRow } from "./app.ts"
import type { AppsParts } from "./parts.ts"
import { unavailable } from "./running-machine.ts"

/** One byte stream to a port of a machine. @throws Fault `app_unavailable` */
export async function connectPort(machine: LiveMachine, port: number): Promise<Duplex> {
  try {
    const { vm, guest } = machine
    return await (vm.connectPort ?? guest.connectPort)(port)
  } catch (error) {
    if (isFault(error)) throw unavailable(error)
    throw error
  }
}

/**
 * One byte stream to an app, in the machine and on the port that its rows say.
 *
 * @throws Fault `app_unavailable`
 */
export async function connectSeen(
  { live }: Pick<AppsParts, "live">,
  { machine, app }: { machine?: MachineRow | undefined; app?: AppRow | undefined },
): Promise<Duplex> {
  if (machine?.state !== "running" || app?.state !== "running" || !app.port) throw unavailable()
  const session = await live.find(machine)
  if (!session) throw unavailable()
  return connectPort(session, app.port)
}
