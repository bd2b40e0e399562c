import { bestEffort } from "@vibecaas/kernel/log"
import type { VmHost } from "@vibecaas/microvm/host"
import type { MachinesParts } from "./parts.ts"
import { listPlaces } from "./queries.ts"

/** A machine where no row says that it is. */
export interface Orphan {
  id: string
  driver: string
  hostId: string
}

type ReapParts = Pick<MachinesParts, "database" | "fleet" | "log">

/**
 * Machines that a host has and no row claims there: left behind when a database was restored, when
 * they were moved, or by a bug. The host is asked first, so a machine whose row is just being
 * written is never among them: rows are committed before machines boot. A host that does not answer
 * says nothing about the others.
 */
export async function findOrphans(parts: ReapParts): Promise<Orphan[]> {
  const found = await Promise.all(parts.fleet.hosts.map((host) => machinesOf(parts, host)))
  const machines = found.flat()
  if (machines.length === 0) return []
  const ids = machines.map(({ id }) => id)
  const places = await parts.database.asPlatform((tx) => listPlaces(tx, ids))
  return machines.filter(({ id, driver, hostId }) => {
    const claimed = places.get(id)
    return (
      !claimed || (claimed.hostId ?? hostId) !== hostId || (claimed.driver ?? driver) !== driver
    )
  })
}

async function machinesOf(parts: ReapParts, host: VmHost): Promise<Orphan[]> {
  const listed = await bestEffort(parts.log, `list the machines of host ${host.id}`, () =>
    host.list(),
  )
  return (listed ?? []).map((machine) => ({ ...machine, hostId: host.id }))
}

/** Ends orphans; one that vanished or was claimed meanwhile is left alone. Their data stay. */
export async function reapOrphans(
  parts: ReapParts,
  found: readonly Orphan[],
): Promise<{ destroyed: number; alreadyGone: number }> {
  const still = await findOrphans(parts)
  const due = found.filter((one) =>
    still.some(({ id, driver, hostId }) => {
      return id === one.id && driver === one.driver && hostId === one.hostId
    }),
  )
  let destroyed = 0
  for (const orphan of due) {
    parts.log.warn({ ...orphan }, "destroying a machine that no row claims")
    const done = await bestEffort(parts.log, "destroy an orphan", async () => {
      await parts.fleet.hostOf(orphan).destroy(orphan)
      return true
    })
    if (done) destroyed++
  }
  return { destroyed, alreadyGone: found.length - due.length }
}
