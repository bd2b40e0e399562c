import { fault } from "@vibecaas/kernel/fault"
import type { Release } from "../../release.ts"
import { apply, change, found } from "./cluster.ts"
import { guardOf } from "./guard.ts"
import { envSecretOf, notes } from "./names.ts"
import { type Running, spaceOf } from "./running.ts"
import { type Looked, lookAt, notesOf } from "./seen.ts"

/**
 * Has a store's namespace and what guards it; one that is there is adopted. No pod of a store may be where they are
 * not, so this comes before everything else.
 */
export async function ensurePlace(running: Running, release: Release): Promise<Looked> {
  const { settings, namespaces, cluster } = running
  const rights = await running.rights()
  const engine = settings.engines.find(release.engine)
  const guard = guardOf({ ...settings, ...(rights ? { rights } : {}) }, { release, engine })
  const namespace = spaceOf(running, release.storeId)
  const before = await lookAt(running, namespace)
  if (before?.namespace.status?.phase === "Terminating") {
    throw fault("unavailable", {
      say: "The store's place on the cluster is still being removed. Try again in a minute.",
      retryable: true,
    })
  }
  const isGuarded = notesOf(before?.namespace)[notes.guard] === guard.digest
  if (before && isGuarded && before.hasClaim) return before
  if (!isGuarded) {
    // Its note says that a guard stands, so a new namespace has none before that.
    const { annotations: _, ...metadata } = guard.namespace.metadata ?? {}
    const isNew = notesOf(before?.namespace)[notes.guard] === undefined
    if (isNew) await apply(namespaces, { ...guard.namespace, metadata } as typeof guard.namespace)
    for (const object of guard.objects) await apply(namespaces, object)
    await apply(namespaces, guard.namespace)
  }
  // Lost data come back from a backup: an empty shop in their place would hide the loss.
  const hadData = notesOf(before?.namespace)[notes.hasData] === "true"
  if (!before?.hasClaim && !hadData) await apply(cluster, guard.claim)
  const after = await lookAt(running, namespace)
  if (!after) throw fault("unavailable", { say: "The store's place was removed.", retryable: true })
  return after
}

/** From now on a store without its data has lost them. */
export async function noteData(running: Running, storeId: string): Promise<void> {
  const name = spaceOf(running, storeId)
  const there = await found(running.namespaces.core.readNamespace({ name }))
  if (!there || notesOf(there)[notes.hasData] === "true") return
  const metadata = { name, annotations: { [notes.hasData]: "true" } }
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata }
  await change(running.namespaces, namespace, "vibecaas-data")
}

/** The whole environment of a program, which holds secrets: read by nobody but the kubelet that starts it. */
export async function putEnvironment(
  { cluster }: Pick<Running, "cluster">,
  of: { namespace: string; program: string; env: Readonly<Record<string, string>> },
): Promise<void> {
  await apply(cluster, {
    ...{ apiVersion: "v1", kind: "Secret", type: "Opaque" },
    metadata: { name: envSecretOf(of.program), namespace: of.namespace },
    stringData: { ...of.env },
  } as Parameters<typeof apply>[1])
}
