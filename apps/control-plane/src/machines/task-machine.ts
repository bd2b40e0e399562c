import { bestEffort } from "@vibecaas/kernel/log"
import { connectGuest, type Guest } from "@vibecaas/microvm/guest-client"
import type { Parts } from "../core/ctx.ts"
import type { MachinesParts } from "./parts.ts"
import { makeTurns } from "./turns.ts"

/** Machines for one task each: larger than an app's, without a row, and gone when the task is over. */
export interface TaskMachines {
  /** Those of a tenant: it never has all there may be, and those who wait get theirs by tenant in turn. */
  of(tenant: string): TaskMachine
}

export interface TaskMachine {
  /**
   * Runs a task on a machine of its own, once there is room for one more.
   *
   * @throws Fault `isolation_refused`, `vm_boot_failed`, and what the task throws
   */
  use<T>(signal: AbortSignal, task: (guest: Guest) => Promise<T>): Promise<T>
}

export interface TaskMachineSize {
  cpuCount: number
  memoryMiB: number
  diskMiB: number
  /** after so long, in `ms`, the host ends it, whatever became of us */
  endsAfterMs: number
  /** how many there may be, two or more */
  atOnce: number
}

const usualSize: TaskMachineSize = {
  cpuCount: 2,
  memoryMiB: 2048,
  diskMiB: 4096,
  endsAfterMs: 15 * 60_000,
  atOnce: 3,
}

export function makeTaskMachines(
  parts: Pick<MachinesParts, "fleet"> & Pick<Parts, "clock" | "newId" | "log">,
  size: TaskMachineSize = usualSize,
): TaskMachines {
  const { atOnce, ...sizes } = size
  const turns = makeTurns(atOnce)
  const run = async <T>(signal: AbortSignal, task: (guest: Guest) => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    const host = parts.fleet.hostOf({ hostId: null })
    const id = parts.newId("vm")
    const vm = await host.boot({ id, ...sizes, trust: "untrusted" }, null)
    let guest: Guest | undefined
    const end = () => guest?.close()
    signal.addEventListener("abort", end, { once: true })
    try {
      guest = await connectGuest(vm, { clock: parts.clock })
      signal.throwIfAborted()
      return await task(guest)
    } finally {
      signal.removeEventListener("abort", end)
      guest?.close()
      const ref = { id, driver: vm.caps.driver }
      await bestEffort(parts.log, "end a task's machine", async () => {
        await host.destroy(ref)
        await host.deleteData(ref)
      })
    }
  }
  return {
    of: (tenant) => ({
      use: (signal, task) => turns({ tenant, signal }, () => run(signal, task)),
    }),
  }
}
