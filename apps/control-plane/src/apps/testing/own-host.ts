import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { openDrivers } from "@vibecaas/microvm/drivers"
import { makeHost, type OwnHost } from "@vibecaas/microvm/host"

/** Where a host keeps what it needs. */
export interface HostPlaces {
  stateDir: string
  dataRoot: string
  layersDir: string
}

/** A host in this process. */
export async function hostOfOurs(places: HostPlaces): Promise<OwnHost> {
  const parts = { clock: systemClock, log: silentLog }
  const drivers = await openDrivers({ ...places, ...parts, nodePath: process.execPath })
  const policy = { allowWeak: true, allowNoIsolation: true, requireIsolation: false }
  return makeHost({ ...parts, id: "local", drivers, policy })
}
