import { isFault } from "@vibecaas/kernel/fault"
import type { AppRow } from "./app.ts"
import { commitToRun } from "./next-step.ts"
import type { AppsParts } from "./parts.ts"

/** The end of what is printed while it is prepared, or of what the app printed; of a machine that does not run, the last lines that were kept. */
export async function readAppLog(
  { live, packages }: Pick<AppsParts, "live" | "packages">,
  row: AppRow,
  tailBytes: number,
): Promise<string> {
  if (row.doing !== null) {
    const of = { projectId: row.projectId, commit: commitToRun(row) }
    const prepared = await packages.look(of)
    if (prepared.is === "working") return prepared.log.slice(-tailBytes)
  }
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
