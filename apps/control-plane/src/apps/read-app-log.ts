import type { AppLog } from "@vibecaas/contract/app-log"
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
): Promise<AppLog> {
  const { live, packages, repositories } = parts
  if (row.doing !== null) {
    const target = targetOf(row, { shows: await shownBy({ repositories }, row) })
    const prepared = await packages.look({ projectId: row.projectId, ...neededFor(target) })
    if (prepared.is === "working") return { text: prepared.log.slice(-tailBytes), times: [] }
  }
  const kept = { text: row.logTail.join("\n"), times: [] }
  const machine = live.get(row.machineId)
  if (!machine) return kept
  try {
    const log = await machine.guest.timedAppLog({ tailBytes })
    const mask = await maskOf(parts, row)
    const text = mask(log.text)
    // A secret of several lines is covered in one: then no line is known to be the one it was.
    const same = text.split("\n").length === log.text.split("\n").length
    return { text, times: same ? log.times.map(instantOf) : [] }
  } catch (error) {
    if (isFault(error)) return kept
    throw error
  }
}

const instantOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
