import { bestEffort } from "@vibecaas/kernel/log"
import { diskUse } from "./disk-use.ts"
import type { Machine } from "./machine.ts"
import type { Settings } from "./options.ts"

/** beyond the limit by this factor the machine itself is ended: its agent does not obey */
const patience = 1.5

/**
 * Measures a machine's disk until the signal aborts. When it is over its limit the app is stopped
 * and kept from starting; commands still run, so that files can be removed.
 */
export async function watchDisk(
  settings: Settings,
  machine: Machine,
  signal: AbortSignal,
): Promise<void> {
  const limit = machine.spec.diskMiB * 1024 * 1024
  let full = false
  while (!signal.aborted) {
    const used = await bestEffort(settings.log, "measure a machine's disk", () =>
      diskUse(machine.disk),
    )
    if (signal.aborted) return
    if (used === undefined) {
      // It may have been changing too fast; the next time tells.
    } else if (used > limit !== full) {
      full = used > limit
      settings.log.info({ vm: machine.spec.id, used, limit, full }, "disk limit crossed")
      machine.tell(full ? "disk-full" : "disk-fits")
    } else if (used > limit * patience) {
      settings.log.warn({ vm: machine.spec.id, used, limit }, "machine ended: disk keeps filling")
      await bestEffort(settings.log, "end a machine over its disk", machine.remove)
      return
    }
    await settings.clock.sleep(settings.diskCheckMs, signal).catch(() => {})
  }
}
