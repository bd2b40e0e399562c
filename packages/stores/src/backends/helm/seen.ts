import type { V1ContainerStatus, V1Deployment, V1Namespace, V1Pod } from "@kubernetes/client-node"
import type { ProcessSeen, StoreSeen } from "../../backend.ts"
import { type Cluster, found, told } from "./cluster.ts"
import { claimName, labels, notes } from "./names.ts"

/** All of a store that is looked at, as the cluster tells it. */
export interface Looked {
  namespace: V1Namespace
  deployments: readonly V1Deployment[]
  /** of processes, not of works */
  pods: readonly V1Pod[]
  hasClaim: boolean
}

export async function lookAt(
  { cluster, namespaces }: { cluster: Cluster; namespaces: Cluster },
  namespace: string,
): Promise<Looked | undefined> {
  const there = await found(namespaces.core.readNamespace({ name: namespace }))
  if (!there) return undefined
  // Before its guard stands, and once it ends, there is nothing of ours to see, nor a right to look.
  const ends = there.status?.phase === "Terminating"
  if (ends || notesOf(there)[notes.guard] === undefined) {
    return { namespace: there, deployments: [], pods: [], hasClaim: false }
  }
  const of = { namespace, labelSelector: labels.process }
  const [deployments, pods, claim] = await Promise.all([
    told(cluster.apps.listNamespacedDeployment(of)),
    told(cluster.core.listNamespacedPod(of)),
    found(cluster.core.readNamespacedPersistentVolumeClaim({ namespace, name: claimName })),
  ])
  const hasClaim = claim !== undefined && claim.metadata?.deletionTimestamp === undefined
  return { namespace: there, hasClaim, deployments: deployments.items, pods: pods.items }
}

export const isolation =
  "Pods of a namespace of its own: no root, a read-only file system, no access to the cluster, a network by permission alone, limits on memory, cpu, processes and storage."

export function storeSeen(storeId: string, looked: Looked | undefined): StoreSeen {
  if (!looked) {
    return {
      ...{ storeId, exists: false, processes: [], drift: [], isolation },
      datastore: { state: "absent", fromTemplate: false },
    }
  }
  const processes = looked.deployments.map((deployment) => processSeen(deployment, looked.pods))
  const hadData = notesOf(looked.namespace)[notes.hasData] === "true"
  const state = hadData && looked.hasClaim ? "ready" : "absent"
  const [runs] = looked.deployments
  const { digest, revision } = toldOf(runs)
  const version = runs?.metadata?.labels?.[labels.version]
  return {
    ...{ storeId, exists: true, processes, isolation },
    datastore: { state, fromTemplate: false },
    ...(version && revision ? { revision: { number: Number(revision), version, digest } } : {}),
    drift: [
      ...(hadData && !looked.hasClaim ? ["Its database is gone."] : []),
      ...processes
        .filter((process) => process.state === "ended")
        .map(({ name }) => `Its process "${name}" has ended.`),
    ],
  }
}

export const notesOf = (object: { metadata?: V1Deployment["metadata"] } | undefined) =>
  object?.metadata?.annotations ?? {}

/** What a deployment was told with its release. */
export function toldOf(deployment: V1Deployment | undefined) {
  const all = notesOf(deployment)
  return {
    digest: all[notes.digest] ?? "",
    plan: all[notes.plan] ?? "",
    revision: all[notes.revision] ?? "",
    version: deployment?.metadata?.labels?.[labels.version] ?? "",
  }
}

export const isWanted = ({ spec }: V1Deployment) => (spec?.replicas ?? 1) > 0

/** The pod that runs what a deployment was told last; what was told before is on its way out. */
export function podOf(deployment: V1Deployment, pods: readonly V1Pod[]): V1Pod | undefined {
  const name = deployment.metadata?.labels?.[labels.process]
  const { digest } = toldOf(deployment)
  return pods.find(
    ({ metadata, status }) =>
      metadata?.labels?.[labels.process] === name &&
      metadata?.labels?.[labels.digest] === digest &&
      metadata?.deletionTimestamp === undefined &&
      // Thrown off its node: another one is made, and this one stays only to be read.
      status?.phase !== "Failed",
  )
}

function processSeen(deployment: V1Deployment, pods: readonly V1Pod[]): ProcessSeen {
  const name = deployment.metadata?.labels?.[labels.process] ?? ""
  if (!isWanted(deployment)) return { name, state: "absent", restarts: 0 }
  const pod = podOf(deployment, pods)
  const container = pod?.status?.containerStatuses?.[0]
  const end = endOf(container)
  const startedAt = container?.state?.running?.startedAt
  return {
    ...{ name, state: stateOf(pod, container), restarts: container?.restartCount ?? 0 },
    ...(startedAt ? { startedAt: new Date(startedAt).toISOString() } : {}),
    ...(end ? { end } : {}),
  }
}

function stateOf(
  pod: V1Pod | undefined,
  container: V1ContainerStatus | undefined,
): ProcessSeen["state"] {
  if (pod?.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True")) {
    return "listening"
  }
  const { terminated, waiting } = container?.state ?? {}
  return terminated || waiting?.reason === "CrashLoopBackOff" ? "ended" : "starting"
}

/** How a container ended last. A state flips between ended and waiting within seconds: both are read. */
export function endOf(container: V1ContainerStatus | undefined): ProcessSeen["end"] | undefined {
  const ended = container?.state?.terminated ?? container?.lastState?.terminated
  if (!ended) return undefined
  return {
    exitCode: ended.exitCode,
    signal: ended.signal ? String(ended.signal) : null,
    outOfMemory: ended.reason === "OOMKilled",
    // One that could not be started at all has the time zero of its runtime.
    at: new Date(ended.finishedAt ?? 0).toISOString(),
  }
}
