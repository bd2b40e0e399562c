import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { openLocalBackend } from "@vibecaas/stores/backends/local/open"
import type { ReachableBackend } from "@vibecaas/stores/reachable"
import type { Account } from "../db/cluster/run-as.ts"
import { serverRoles } from "../db/roles.ts"
import type { Config } from "./config.ts"
import type { Places } from "./places.ts"
import { storeEngines } from "./store-engines.ts"

/** What runs stores: this host, or the cluster that the installation was given. */
export async function openStores(options: {
  config: Config
  places: Places
  account: Account | undefined
  log: Log
}): Promise<ReachableBackend> {
  const { config, places, account, log } = options
  const parts = {
    ...{ clock: systemClock, log: log.child({ part: "stores" }), engines: storeEngines },
    dataRoot: places.stores,
    ...(account ? { owner: account } : {}),
  }
  const { cluster, databaseUrl } = config.stores
  if (!cluster) {
    return openLocalBackend({
      ...parts,
      stateDir: join(places.runtime, "st"),
      enginesDir: places.engines,
      nodePath: process.execPath,
      ...(databaseUrl ? { postgres: { url: databaseUrl, refusesRole: serverRoles.app } } : {}),
    })
  }
  // The cluster's client is large, and most installations have none.
  const { openHelmBackend } = await import("@vibecaas/stores/backends/helm/open")
  const { kubeconfig, namespacesKubeconfig, clusterRole, storageClass, ...rest } = cluster
  return openHelmBackend({
    ...{ ...parts, ...rest },
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(namespacesKubeconfig === undefined ? {} : { namespacesKubeconfig }),
    ...(clusterRole === undefined ? {} : { clusterRole }),
    ...(storageClass === undefined ? {} : { storageClass }),
    chartsDir: join(import.meta.dirname, "../../../../charts"),
    stateDir: join(places.runtime, "helm"),
  })
}
