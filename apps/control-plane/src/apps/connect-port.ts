import type { Duplex } from "node:stream"
import { isFault } from "@vibecaas/kernel/fault"
import type { LiveMachine } from "../machines/index.ts"
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
