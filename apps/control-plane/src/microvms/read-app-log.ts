import { isFault } from "@vibecaas/kernel/fault"
import type { LiveMachines } from "./live-machines.ts"
import type { MicrovmRow } from "./microvm.ts"

/** The end of what the app printed; of a machine that does not run, the last lines that were kept. */
export async function readAppLog(
  live: LiveMachines,
  row: MicrovmRow,
  tailBytes: number,
): Promise<string> {
  const kept = row.appLogTail.join("\n")
  const machine = live.get(row.id)
  if (!machine) return kept
  try {
    return await machine.guest.appLog({ tailBytes })
  } catch (error) {
    if (isFault(error)) return kept
    throw error
  }
}
