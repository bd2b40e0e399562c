import { loadYaml, type V1Job, type V1Pod } from "@kubernetes/client-node"
import { fault } from "@vibecaas/kernel/fault"
import type { Release } from "../../release.ts"
import { chartValues, type Work } from "./chart-values.ts"
import { found, told } from "./cluster.ts"
import { lasting } from "./event-times.ts"
import { eventsOf, isOfWork } from "./events.ts"
import { labels, notes, objectName } from "./names.ts"
import { putEnvironment } from "./place-store.ts"
import { chartOf, placedOf, type Running, spaceOf, until } from "./running.ts"
import { notesOf } from "./seen.ts"
import { troubleIn } from "./troubles.ts"

const nameOf = (work: string) => objectName(`work-${work}`)

/**
 * Starts a program that runs to its end, as the chart describes one. The same that runs already, since an earlier
 * backend began it, is left to run; another one of its name goes first.
 */
export async function startWork(
  running: Running,
  release: Release,
  work: Work & { env: Readonly<Record<string, string>> },
): Promise<void> {
  const { cluster, helm, settings } = running
  const namespace = spaceOf(running, release.storeId)
  const { env, ...said } = work
  const there = await found(cluster.batch.readNamespacedJob({ namespace, name: nameOf(work.name) }))
  if (there && isActive(there) && notesOf(there)[notes.key] === work.key) return
  if (there) await endWork(running, namespace, work.name)
  await putEnvironment(running, { namespace, program: "work", env })
  const placed = placedOf(running, release)
  const values = chartValues(settings, { placed, release, revision: 0 }, said)
  const text = await helm.render(chartOf(running, release.engine), {
    ...{ values, template: "templates/work.yaml" },
  })
  const job = loadYaml<V1Job>(text)
  await told(cluster.batch.createNamespacedJob({ namespace, body: job }))
}

const isActive = ({ status, metadata }: V1Job) =>
  metadata?.deletionTimestamp === undefined && !status?.succeeded && !status?.failed

/** Removes a work with its pods, and waits until they are gone: the next one has their name. */
export async function endWork(running: Running, namespace: string, work: string): Promise<void> {
  const { batch } = running.cluster
  const name = nameOf(work)
  const of = { namespace, name, propagationPolicy: "Background", gracePeriodSeconds: 0 }
  await found(batch.deleteNamespacedJob(of))
  for (const pod of await podsOf(running, namespace, work)) {
    const podName = pod.metadata?.name ?? ""
    const now = { namespace, name: podName, gracePeriodSeconds: 0 }
    await found(running.cluster.core.deleteNamespacedPod(now))
  }
  await until(running, { ms: 60_000, everyMs: 150 }, async () => {
    const job = await found(batch.readNamespacedJob({ namespace, name }))
    return job === undefined && (await podsOf(running, namespace, work)).length === 0
  })
}

export async function podsOf(
  { cluster }: Running,
  namespace: string,
  work: string,
): Promise<V1Pod[]> {
  const of = { namespace, labelSelector: `${labels.work}=${work}` }
  return (await told(cluster.core.listNamespacedPod(of))).items
}

/**
 * The pod of a work once it is as asked.
 *
 * @param isSo is asked of its pod again and again
 * @returns nothing when the time was over
 * @throws Fault when it cannot come up, or was removed
 */
export async function podWhen(
  running: Running,
  of: { namespace: string; work: string; ms: number },
  isSo: (pod: V1Pod) => boolean,
): Promise<V1Pod | undefined> {
  const { cluster, settings } = running
  const name = nameOf(of.work)
  let last: V1Pod | undefined
  const inTime = await until(running, { ms: of.ms, everyMs: 250 }, async () => {
    const [pod] = await podsOf(running, of.namespace, of.work)
    last = pod
    if (pod && isSo(pod)) return true
    const started = pod?.status?.containerStatuses?.[0]?.state?.running
    if (started) return false
    if (!(await found(cluster.batch.readNamespacedJob({ namespace: of.namespace, name })))) {
      throw fault("unavailable", {
        ...{ say: "The step was ended from elsewhere.", note: name, retryable: true },
      })
    }
    const events = await eventsOf(cluster, of.namespace, isOfWork(of.work))
    const now = settings.clock.now().getTime()
    const trouble = troubleIn({ pods: pod ? [pod] : [], events: lasting(events, now) })
    if (trouble) throw trouble
    return false
  })
  return inTime ? last : undefined
}
