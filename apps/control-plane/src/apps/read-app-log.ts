import { isFault } from "@vibecaas/kernel/fault"
import type { AppRow } from "./app.ts"
import { shownBy } from "./follow-branch.ts"
import { maskOf } from "./given-to.ts"
import { targetOf } from "./next-step.ts"
import type { AppsParts } from "./parts.ts"
import { neededFor } from "./prepare-app.ts"

/** The end of what is printed while it is prepared, or of what the app printed; of a machine that does not run, the last lines that were kept. */
export async function readAppLog(
  parts: Pick<AppsParts, "live" | "packages" | "repositories" | "scope" | "secrets">,
  row: AppRow,
  tailBytes: number,
): Promise<string> {
  const { live, packages, repositories } = parts
  if (row.doing !== null) {
    const target = targetOf(row, { shows: await shownBy({ repositories }, row) })
    const prepared = await packages.look({ projectId: row.projectId, ...neededFor(target) })
    if (prepared.is === "working") return prepared.log.slice(-tailBytes)
  }
  const kept = row.logTail.join("\n")
  const machine = live.get(row.machineId)
  if (!machine) return kept
  try {
    const text = await machine.guest.appLog({ tailBytes })
    const mask = await maskOf(parts, row)
    return mask(text)
  } catch (error) {
    if (isFault(error)) return kept
    throw error
  }
}
