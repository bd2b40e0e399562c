import {
  ApiException,
  AppsV1Api,
  AuthenticationV1Api,
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from "@kubernetes/client-node"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { writer } from "./names.ts"

/** One identity at a cluster. */
export interface Cluster {
  config: KubeConfig
  core: CoreV1Api
  apps: AppsV1Api
  batch: BatchV1Api
  objects: KubernetesObjectApi
}

/** @param kubeconfig a file; absent: the credentials that a pod is given */
export function openCluster(kubeconfig: string | undefined): Cluster {
  const config = new KubeConfig()
  if (kubeconfig === undefined) config.loadFromCluster()
  else config.loadFromFile(kubeconfig)
  return {
    config,
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    batch: config.makeApiClient(BatchV1Api),
    objects: KubernetesObjectApi.makeApiClient(config),
  }
}

/** What the cluster calls who we are. */
export async function userOf({ config }: Cluster): Promise<string> {
  const api = config.makeApiClient(AuthenticationV1Api)
  const { status } = await told(api.createSelfSubjectReview({ body: {} }))
  return status?.userInfo?.username ?? ""
}

/** Has an object be as said; what others wrote in fields that we say is overwritten. */
export async function apply(cluster: Cluster, object: KubernetesObject): Promise<void> {
  const strategy = PatchStrategy.ServerSideApply
  await told(cluster.objects.patch(object, undefined, undefined, writer, true, strategy))
}

/** Changes what is named of an object that is there, and nothing else of it. @param as who it is noted to be by */
export async function change(
  cluster: Cluster,
  object: KubernetesObject & { spec?: object },
  as = writer,
): Promise<void> {
  const strategy = PatchStrategy.MergePatch
  await told(cluster.objects.patch(object, undefined, undefined, as, undefined, strategy))
}

/** The answer, or nothing when there is no such object. @throws Fault */
export async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined
    throw asFault(error)
  }
}

/** The answer. @throws Fault: whatever the cluster refused, or that it does not answer */
export async function told<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    throw asFault(error)
  }
}

const statusSchema = z.object({ message: z.string(), reason: z.string().optional() })

/** What the API server said, as far as it said anything. */
function messageOf(error: ApiException<unknown>): string {
  try {
    const body: unknown = typeof error.body === "string" ? JSON.parse(error.body) : error.body
    const status = statusSchema.safeParse(body)
    if (status.success) return status.data.message
  } catch {
    // No status of the API: a proxy's page, for example.
  }
  return `HTTP ${error.code}`
}

export function asFault(error: unknown): unknown {
  if (isFault(error)) return error
  if (error instanceof ApiException) return refusal(error.code, messageOf(error))
  // The client tells all troubles on the way by errors of `fetch`, or by codes of the system.
  const text = error instanceof Error ? `${error.message} ${String(error.cause ?? "")}` : ""
  if (!/fetch failed|ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|socket hang up|UND_ERR/.test(text)) {
    return error
  }
  return fault("unavailable", {
    ...{ say: "The cluster does not answer.", note: text, retryable: true },
  })
}

/** Why the API server refused, with the same words for the same thing everywhere. */
export function refusal(status: number, message: string) {
  if (/exceeded quota/.test(message)) {
    return fault("quota_exceeded", {
      say: "The store needs more than its plan gives it on the cluster.",
      note: message,
    })
  }
  if (status === 403 && /is being terminated/.test(message)) {
    return fault("unavailable", {
      say: "The store's place on the cluster is still being removed. Try again in a minute.",
      ...{ note: message, retryable: true },
    })
  }
  if (status === 401 || status === 403) {
    return fault("driver_failed", {
      say: "The cluster does not let the platform do this. Who runs it looks at the platform's rights.",
      note: message,
    })
  }
  return fault("driver_failed", {
    say: "The cluster refused what the store needs.",
    ...{ note: message, retryable: status >= 500 || status === 409 || status === 429 },
  })
}
