import { createHash } from "node:crypto"
import type {
  KubernetesObject,
  V1LimitRange,
  V1Namespace,
  V1NetworkPolicy,
  V1NetworkPolicySpec,
  V1PersistentVolumeClaim,
  V1ResourceQuota,
  V1RoleBinding,
} from "@kubernetes/client-node"
import type { Engine, Limits } from "../../engine.ts"
import type { Release } from "../../release.ts"
import { claimName, labels, namespaceOf, notes } from "./names.ts"
import type { HelmOptions } from "./options.ts"

/**
 * What stands around a store before any pod of it: its namespace, how much may be used in it, and who may talk to
 * whom. Made by who may make namespaces, never by the chart: steps of a store run before its release.
 */
export interface Guard {
  /** names this guard among others */
  digest: string
  namespace: V1Namespace
  /** in the order in which they are needed */
  objects: readonly KubernetesObject[]
  /** made once: what it holds outlives every other plan */
  claim: V1PersistentVolumeClaim
}

/** What is given to who fills the namespaces, who has no rights elsewhere. */
export interface Rights {
  clusterRole: string
  /** as the cluster calls who it is */
  user: string
}

type Settings = Pick<HelmOptions, "prefix" | "gateways" | "storageClass"> & { rights?: Rights }

export function guardOf(
  settings: Settings,
  { release, engine }: { release: Release; engine: Pick<Engine, "limits"> },
): Guard {
  const namespace = namespaceOf(settings.prefix, release.storeId)
  const limits = engine.limits(release.plan)
  const objects = [
    limitRange(namespace, limits),
    quota(namespace, limits),
    ...policies(namespace, settings.gateways),
    ...(settings.rights ? [binding(namespace, settings.rights)] : []),
  ]
  const claim = claimOf(namespace, { limits, storageClass: settings.storageClass })
  const digest = createHash("sha256").update(JSON.stringify(objects)).digest("hex").slice(0, 16)
  return { digest, objects, claim, namespace: namespaceWith(settings, release, digest) }
}

const standard = "restricted"

function namespaceWith({ prefix }: Settings, { storeId }: Release, digest: string): V1Namespace {
  return {
    ...{ apiVersion: "v1", kind: "Namespace" },
    metadata: {
      name: namespaceOf(prefix, storeId),
      labels: {
        "app.kubernetes.io/managed-by": "vibecaas",
        [labels.store]: storeId,
        [labels.installation]: prefix,
        "pod-security.kubernetes.io/enforce": standard,
        "pod-security.kubernetes.io/warn": standard,
      },
      annotations: { [notes.guard]: digest },
    },
  }
}

/** Without it a container that says nothing of its limits would be refused by the quota. */
function limitRange(namespace: string, { diskMiB }: Limits): V1LimitRange {
  return {
    ...{ apiVersion: "v1", kind: "LimitRange", metadata: { name: "store", namespace } },
    spec: {
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: "50m", memory: "64Mi" },
          _default: { cpu: "500m", memory: "128Mi" },
        },
        { type: "PersistentVolumeClaim", max: { storage: `${diskMiB}Mi` } },
      ],
    },
  }
}

/** Twice the plan: a step may run beside the shop, and a pod that ends counts until it is gone. */
function quota(namespace: string, { memoryMiB, cpuCount, diskMiB }: Limits): V1ResourceQuota {
  const cpu = `${cpuCount * 2000}m`
  const memory = `${memoryMiB * 2}Mi`
  return {
    ...{ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "store", namespace } },
    spec: {
      hard: {
        ...{ "requests.cpu": cpu, "limits.cpu": cpu },
        ...{ "requests.memory": memory, "limits.memory": memory },
        ...{ "requests.storage": `${diskMiB}Mi`, persistentvolumeclaims: "2", pods: "10" },
        ...{ services: "10", "services.loadbalancers": "0", "services.nodeports": "0" },
        // Helm keeps each revision in a Secret.
        ...{ "count/secrets": "40", "count/configmaps": "20", "count/jobs.batch": "10" },
      },
    },
  }
}

/** Nobody talks to anybody but those who are named. Rules only add up, so their order says nothing. */
function policies(namespace: string, gateways: readonly string[]): V1NetworkPolicy[] {
  const policy = (name: string, spec: V1NetworkPolicySpec): V1NetworkPolicy => ({
    ...{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
    ...{ metadata: { name, namespace }, spec },
  })
  const nameServers = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  }
  return [
    policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy("names", {
      ...{ podSelector: {}, policyTypes: ["Egress"] },
      egress: [
        {
          to: [nameServers],
          ports: [
            { port: 53, protocol: "UDP" },
            { port: 53, protocol: "TCP" },
          ],
        },
      ],
    }),
    policy("gateways", {
      podSelector: { matchExpressions: [{ key: labels.process, operator: "Exists" }] },
      policyTypes: ["Ingress"],
      ingress: gateways.length === 0 ? [] : [rule(gateways)],
    }),
  ]
}

const rule = (gateways: readonly string[]) => ({
  _from: gateways.map((cidr) => ({ ipBlock: { cidr } })),
  ports: [{ port: "http", protocol: "TCP" }],
})

/** Who fills the namespace has rights in it, and in no other. */
function binding(namespace: string, { clusterRole, user }: Rights): V1RoleBinding {
  const apiGroup = "rbac.authorization.k8s.io"
  return {
    ...{ apiVersion: `${apiGroup}/v1`, kind: "RoleBinding" },
    metadata: { name: "store", namespace },
    roleRef: { apiGroup, kind: "ClusterRole", name: clusterRole },
    subjects: [{ apiGroup, kind: "User", name: user }],
  }
}

function claimOf(
  namespace: string,
  { limits, storageClass }: { limits: Limits; storageClass: string | undefined },
): V1PersistentVolumeClaim {
  return {
    ...{ apiVersion: "v1", kind: "PersistentVolumeClaim" },
    metadata: { name: claimName, namespace },
    spec: {
      accessModes: ["ReadWriteOnce"],
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      resources: { requests: { storage: `${limits.diskMiB}Mi` } },
    },
  }
}
