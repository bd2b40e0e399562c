import type { InTurn } from "@vibecaas/kernel/turns"
import type { Keeping } from "../../backups/keep-backups.ts"
import type { Listen } from "../../engine.ts"
import type { Release } from "../../release.ts"
import type { SharedHooks } from "../shared-hooks.ts"
import type { Cluster } from "./cluster.ts"
import type { Rights } from "./guard.ts"
import type { Helm } from "./helm-cli.ts"
import { namespaceOf } from "./names.ts"
import type { HelmOptions } from "./options.ts"
import { type Placed, placeOf } from "./place.ts"

/** Sockets of this host that lead to processes on a cluster through its API server, for hosts without another way. */
export interface Forwards {
  /** @param key of a store's process; the same answer for the same */
  open(of: { storeId: string; process: string }): Promise<Listen>
  close(): Promise<void>
}

/** What every verb of the backend works with. The truth is on the cluster: nothing of a store is kept here. */
export interface Running extends Keeping {
  settings: HelmOptions
  /** makes and removes namespaces and what guards them */
  namespaces: Cluster
  /** what `cluster` is given in each of them */
  rights: () => Promise<Rights | undefined>
  /** does everything inside of them */
  cluster: Cluster
  helm: Helm
  forwards: Forwards
  /** what concerns one store happens one after the other */
  inTurn: InTurn
  hooks: SharedHooks
  /** aborted when the backend closes */
  closing: AbortSignal
}

export const spaceOf = ({ settings }: Running, storeId: string) =>
  namespaceOf(settings.prefix, storeId)

export const placedOf = ({ settings }: Running, release: Release): Placed =>
  placeOf(settings.engines.find(release.engine), release)

export const chartOf = ({ settings }: Running, engine: string) =>
  `${settings.chartsDir}/store-${engine}`

/** Looks again and again until something is so. @returns whether it became so in time */
export async function until(
  { settings, closing }: Running,
  of: { ms: number; everyMs: number },
  isSo: () => Promise<boolean>,
): Promise<boolean> {
  const end = settings.clock.now().getTime() + of.ms
  for (;;) {
    if (await isSo()) return true
    if (closing.aborted || settings.clock.now().getTime() >= end) return false
    await settings.clock.sleep(of.everyMs)
  }
}
