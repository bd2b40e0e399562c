import { readFile } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"

/** what a host keeps for itself and for machines that run already, in MiB */
const keptMiB = 128
/** what part of the memory a machine may use must be free: it is a limit, which most stay below */
const shareNeeded = 0.5

/** MiB that programs of this host could still use without swapping; nothing where the kernel does not tell. */
export async function freeMemoryMiB(file = "/proc/meminfo"): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch(() => "")
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1]
  return kib === undefined ? undefined : Number(kib) / 1024
}

/**
 * Refuses a machine for which the host has no memory: one more would take it from those that run.
 *
 * @throws Fault `vm_boot_failed`, to be tried again
 */
export function checkMemory(freeMiB: number | undefined, wanted: { memoryMiB: number }): void {
  const needed = keptMiB + wanted.memoryMiB * shareNeeded
  if (freeMiB === undefined || freeMiB >= needed) return
  throw fault("vm_boot_failed", {
    say: "The server has no memory left for another machine. Stop one that is not needed, and start this one again.",
    note: `${Math.floor(freeMiB)} MiB are free, ${needed} are needed`,
    retryable: true,
  })
}
