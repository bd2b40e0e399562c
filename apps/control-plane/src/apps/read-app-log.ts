import { isFault } from "@vibecaas/kernel/fault"
import type { LiveMachines } from "../machines/index.ts"
import type { AppRow } from "./app.ts"

/** The end of what the app printed; of a machine that does not run, the last lines that were kept. */
export async function readAppLog(
  live: LiveMachines,
  row: AppRow,
  tailBytes: number,
): Promise<string> {
  const kept = row.logTail.join("\n")
  const machine = live.get(row.machineId)
  if (!machine) return kept
  try {
    return await machine.guest.appLog({ tailBytes })
  } catch (error) {
    if (isFault(error)) return kept
    throw error
  }
}
