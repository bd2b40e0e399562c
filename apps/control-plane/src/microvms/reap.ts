import { bestEffort } from "@vibecaas/kernel/log"
import { knownObjects } from "../db/named-functions.ts"
import type { MicrovmsParts } from "./parts.ts"

/**
 * Machines that the driver has and no row claims: left behind when a database was restored, or by a
 * bug. The driver is asked first, so a machine whose row is just being written is never among them:
 * rows are committed before machines boot.
 */
export async function findOrphans(
  parts: Pick<MicrovmsParts, "database" | "driver">,
): Promise<string[]> {
  const ids = await parts.driver.list()
  if (ids.length === 0) return []
  const known = await knownObjects(parts.database, ids)
  return ids.filter((id) => !known.has(id))
}

/** Ends orphans; one that vanished or was claimed meanwhile is left alone. Their data stay. */
export async function reapOrphans(
  parts: Pick<MicrovmsParts, "database" | "driver" | "log">,
  found: readonly string[],
): Promise<{ destroyed: number; alreadyGone: number }> {
  const still = new Set(await findOrphans(parts))
  const due = found.filter((id) => still.has(id))
  let destroyed = 0
  for (const id of due) {
    parts.log.warn({ vm: id }, "destroying a machine that no row claims")
    const done = await bestEffort(parts.log, "destroy an orphan", async () => {
      await parts.driver.destroy(id)
      return true
    })
    if (done) destroyed++
  }
  return { destroyed, alreadyGone: found.length - due.length }
}
