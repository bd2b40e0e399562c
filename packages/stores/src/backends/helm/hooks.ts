import { createHash } from "node:crypto"
import type { V1Pod } from "@kubernetes/client-node"
import { fault } from "@vibecaas/kernel/fault"
import type { HookOutcome, HookRun } from "../../backend.ts"
import type { HookSpec } from "../../engine.ts"
import { type HookEnd, nothingToDo, outcomeOf } from "../../hook-outcome.ts"
import type { Release } from "../../release.ts"
import { hookKey } from "../shared-hooks.ts"
import { refuseFiles } from "./chart-values.ts"
import { apply, found } from "./cluster.ts"
import { stopStore } from "./ensure.ts"
import { labels, logOf } from "./names.ts"
import { ensurePlace, noteData } from "./place-store.ts"
import { placedOf, type Running, spaceOf } from "./running.ts"
import { endOf } from "./seen.ts"
import { endWork, podsOf, podWhen, startWork } from "./works.ts"

/** Scheduling, its image and its volume, before a program of it runs; in `ms`. */
const comingUpMs = 180_000
const outputBytesMax = 1024 * 1024

const keyOf = (release: Release, hook: HookRun) =>
  createHash("sha256").update(hookKey(release, hook)).digest("hex").slice(0, 32)

/** Runs a hook to its end as a Job; one that still runs is joined. Runs in the store's turn. */
export async function runHook(
  running: Running,
  release: Release,
  hook: HookRun,
): Promise<HookOutcome> {
  const { engine, place } = placedOf(running, release)
  const spec = engine.hook(hook.name, place, hook.fromVersion)
  if (!spec) return nothingToDo
  if (hook.beside) throw noBeside()
  refuseFiles(spec)
  const namespace = spaceOf(running, release.storeId)
  await ensurePlace(running, release)
  if (spec.exclusive) await stopStore(running, namespace)
  const seconds = Math.ceil(spec.timeoutMs / 1000)
  await startWork(running, release, {
    ...{ name: hook.name, key: keyOf(release, hook), argv: spec.argv, env: spec.env, seconds },
  })
  const of = { namespace, work: hook.name }
  const pod = await podWhen(running, { ...of, ms: comingUpMs + spec.timeoutMs }, hasEnded)
  const ended = pod ?? (await podsOf(running, namespace, hook.name))[0]
  const outcome = await readOutcome(running, { namespace, release, spec }, ended)
  await keepLog(running, { namespace, hook: hook.name }, outcome.log)
  // The pod's log has what the hook learned: it stays no longer than it is needed.
  await endWork(running, namespace, hook.name)
  if (outcome.told.ok) await noteData(running, release.storeId)
  return outcome.told
}

export const noBeside = () =>
  fault("invalid", {
    say: "On a cluster two versions of a store cannot run beside each other yet.",
  })

const containerOf = (pod: V1Pod | undefined) => pod?.status?.containerStatuses?.[0]
const hasEnded = (pod: V1Pod) => containerOf(pod)?.state?.terminated !== undefined

async function readOutcome(
  { cluster }: Running,
  { namespace, release, spec }: { namespace: string; release: Release; spec: HookSpec },
  pod: V1Pod | undefined,
) {
  const name = pod?.metadata?.name ?? ""
  const of = { namespace, name, limitBytes: outputBytesMax }
  const text = pod ? ((await found(cluster.core.readNamespacedPodLog(of))) ?? "") : ""
  const secrets = Object.values(release.secrets)
  return outcomeOf(endedHow(pod, spec), { spec, text: text ?? "", secrets })
}

function endedHow(pod: V1Pod | undefined, spec: HookSpec): HookEnd {
  const container = containerOf(pod)
  const terminated = container?.state?.terminated
  const end = terminated && endOf(container)
  if (!end) {
    const nothing = { exitCode: null, signal: null, outOfMemory: false }
    return { ...nothing, timedOut: true, ms: spec.timeoutMs }
  }
  const began = new Date(terminated.startedAt ?? 0).getTime()
  const ms = Math.max(0, new Date(end.at).getTime() - began)
  const { exitCode, signal, outOfMemory } = end
  return { exitCode, signal, outOfMemory, timedOut: false, ms }
}

const linesKept = 300

/** What a hook printed stays readable when its pod is gone; results and secrets are out of it already. */
async function keepLog(
  { cluster }: Running,
  { namespace, hook }: { namespace: string; hook: string },
  log: readonly string[],
): Promise<void> {
  await apply(cluster, {
    ...{ apiVersion: "v1", kind: "ConfigMap" },
    metadata: { name: logOf(hook), namespace, labels: { [labels.log]: hook } },
    data: { text: log.slice(-linesKept).join("\n").slice(-200_000) },
  } as Parameters<typeof apply>[1])
}
