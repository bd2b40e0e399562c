import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { EngineSet } from "../../engines.ts"

export interface HelmOptions {
  /**
   * a file of connections to clusters, of which its current one is taken; absent: what a pod of the cluster itself
   * is given
   */
  kubeconfig?: string
  /** like `kubeconfig`, of who may make and remove namespaces; the same when absent */
  namespacesKubeconfig?: string
  /** the cluster role that who is `kubeconfig` is given in each store's namespace; absent: it has its rights already */
  clusterRole?: string
  /** the program `helm`, absolute, of version 3.19 or later */
  helmPath: string
  /** has a folder `store-<engine>` for each engine that can run on a cluster */
  chartsDir: string
  /** for what Helm keeps; nothing in it is missed */
  stateDir: string
  /** backups lie below it, as those of every backend */
  dataRoot: string
  /** who reads backups for people, when that is not us */
  owner?: { uid: number; gid: number }
  engines: EngineSet
  clock: Clock
  log: Log
  /** begins the names of its namespaces, so that several installations can share a cluster */
  prefix: string
  /** the image of an engine's version, with `{engine}` and `{version}` in it */
  image: string
  /** how this host comes to a store: by the cluster's Services, or through its API server */
  reach: "services" | "forward"
  /** who may connect to stores, as networks such as `10.0.0.0/16`; nobody else can */
  gateways: readonly string[]
  /** of the volumes; the cluster's usual one when absent */
  storageClass?: string
  /** how long what is removed may take to be gone, in `ms` */
  goneMs?: number
}
