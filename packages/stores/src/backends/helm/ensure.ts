import type { StoreSeen } from "../../backend.ts"
import { digestOf, type Release } from "../../release.ts"
import { chartValues } from "./chart-values.ts"
import { change } from "./cluster.ts"
import { lasting } from "./event-times.ts"
import { eventsOf, isOfProcess } from "./events.ts"
import { objectName } from "./names.ts"
import { ensurePlace, putEnvironment } from "./place-store.ts"
import { planRelease } from "./plan-release.ts"
import { checkQuotas } from "./preflight.ts"
import { again, describe } from "./revisions.ts"
import { chartOf, placedOf, type Running, spaceOf, until } from "./running.ts"
import { isWanted, type Looked, lookAt, storeSeen, toldOf } from "./seen.ts"
import { troubleIn } from "./troubles.ts"

/**
 * Brings a store to what its release says, as far as one call can. Nothing waits for pods: to call again is how to
 * go on. Runs in the store's turn.
 *
 * @throws Fault for what keeps its pods from coming up and does not mend itself
 */
export async function ensureStore(
  running: Running,
  release: Release,
  options: { processes: "running" | "stopped" | "none"; about?: string },
): Promise<StoreSeen> {
  const { storeId } = release
  const namespace = spaceOf(running, storeId)
  const there = await ensurePlace(running, release)
  if (options.processes === "none") return storeSeen(storeId, there)
  if (options.processes === "stopped") {
    await stopStore(running, namespace)
  } else {
    const changed = await bringRelease(running, { release, there, about: options.about })
    const started = await scale(running, { namespace, looked: there, replicas: 1 })
    if (!changed && !started) {
      await throwTrouble(running, namespace, there)
      return storeSeen(storeId, there)
    }
  }
  return storeSeen(storeId, await lookAt(running, namespace))
}

/** Ends all processes and waits until no pod of them is there: what follows may need the data alone. */
export async function stopStore(running: Running, namespace: string): Promise<void> {
  const looked = await lookAt(running, namespace)
  if (!looked) return
  await scale(running, { namespace, looked, replicas: 0 })
  if (looked.pods.length === 0) return
  await until(running, { ms: 120_000, everyMs: 250 }, async () => {
    const now = await lookAt(running, namespace)
    return now === undefined || now.pods.length === 0
  })
}

/** @returns whether Helm was told something */
async function bringRelease(
  running: Running,
  of: { release: Release; there: Looked; about: string | undefined },
): Promise<boolean> {
  const { release, there, about } = of
  const { helm } = running
  const placed = placedOf(running, release)
  const namespace = spaceOf(running, release.storeId)
  const digest = digestOf(release)
  const stands = placed.specs.every(({ name }) =>
    there.deployments.some(
      (one) => one.metadata?.name === objectName(name) && toldOf(one).digest === digest,
    ),
  )
  if (stands && about === undefined) return false
  const chart = chartOf(running, release.engine)
  const valuesFor = (revision: number) =>
    chartValues(running.settings, { placed, release, revision })
  await checkQuotas(running, namespace, { chart, values: valuesFor(1) })
  const history = await settle(running, namespace)
  const now = toldOf(there.deployments[0])
  const words = about ?? aboutOf(now, release)
  const next = (history.at(-1)?.revision ?? 0) + 1
  const revision = words === again && now.revision !== "" ? Number(now.revision) : next
  for (const { name, env } of placed.specs) {
    await putEnvironment(running, { namespace, program: name, env })
  }
  const values = valuesFor(revision)
  await helm.upgrade(namespace, { chart, values, about: describe(words, release) })
  return true
}

/** Finishes what a Helm that was ended left half made. @returns the history afterwards, the oldest first */
export async function settle({ helm, settings }: Running, namespace: string) {
  const history = await helm.history(namespace)
  const plan = planRelease(history)
  if (plan.do === "go on") return history
  settings.log.warn({ namespace, plan }, "a release was left half made, and is put in order first")
  if (plan.do === "uninstall") await helm.uninstall(namespace)
  else await helm.rollback(namespace, plan.to)
  return helm.history(namespace)
}

function aboutOf(now: ReturnType<typeof toldOf>, { version, plan }: Release): string {
  if (now.version === "") return "Installed"
  if (now.version !== version) return `Changed from ${now.version} to ${version}`
  return now.plan === plan ? again : `Plan changed from ${now.plan} to ${plan}`
}

/** Starts or stops processes without a release. @returns whether any had to be */
async function scale(
  { cluster }: Running,
  { namespace, looked, replicas }: { namespace: string; looked: Looked; replicas: 0 | 1 },
): Promise<boolean> {
  const others = looked.deployments.filter((one) => isWanted(one) !== replicas > 0)
  for (const { metadata } of others) {
    await change(cluster, {
      ...{ apiVersion: "apps/v1", kind: "Deployment" },
      ...{ metadata: { name: metadata?.name ?? "", namespace }, spec: { replicas } },
    })
  }
  return others.length > 0
}

/** @throws Fault when something keeps the processes from coming up */
async function throwTrouble(running: Running, namespace: string, looked: Looked): Promise<void> {
  const seen = storeSeen("", looked)
  if (seen.processes.every(({ state }) => state === "listening")) return
  const events = await eventsOf(running.cluster, namespace, isOfProcess)
  const now = running.settings.clock.now().getTime()
  const pods = looked.pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
  const trouble = troubleIn({ pods, events: lasting(events, now) })
  if (trouble) throw trouble
}
