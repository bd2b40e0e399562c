import { existsSync } from "node:fs"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import type { VmHost } from "@vibecaas/microvm/host"
import type { VmDriver } from "@vibecaas/microvm/port"

const drivers = new Map<string, Promise<VmDriver>>()

const unused = async (): Promise<never> => {
  throw new Error("no loop runs here, so nobody asks for a machine")
}

/** Where a fixture puts the data of a machine that is to be there. */
export const plainDataOf = (root: string, machineId: string) => join(root, "machines", machineId)

/**
 * No loop starts machines; one whose data a fixture has put below `root` is there, without any wall. Only the
 * last one lives: a walk makes many.
 */
export function plainMachines(root: string): VmHost {
  return {
    id: "none",
    probe: unused,
    boot: unused,
    async find({ id }) {
      if (!existsSync(plainDataOf(root, id))) return undefined
      const driver = drivers.get(root) ?? openIn(root)
      drivers.set(root, driver)
      const others = (await (await driver).list()).filter((other) => other !== id)
      for (const other of others) await (await driver).destroy(other)
      const size = { cpuCount: 1, memoryMiB: 256, diskMiB: 256 }
      return (await driver).boot({ id, ...size, trust: "untrusted", rung: "plain" })
    },
    list: async () => [],
    destroy: unused,
    deleteData: unused,
  }
}

/** Loaded by who needs it: most walks over all routes never ask for a machine. */
async function openIn(root: string): Promise<VmDriver> {
  const { openProcesses } = await import("@vibecaas/microvm/drivers/process/driver")
  return openProcesses({
    ...{ stateDir: join(root, "m"), dataRoot: join(root, "machines") },
    ...{ nodePath: process.execPath, clock: systemClock, log: silentLog, uid: undefined },
  })
}

/** Ends the machines that were asked for. */
export async function endPlainMachines(root: string): Promise<void> {
  const driver = drivers.get(root)
  drivers.delete(root)
  await (await driver)?.close()
}
