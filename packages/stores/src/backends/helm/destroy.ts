import type { V1Namespace } from "@kubernetes/client-node"
import type { Leftover } from "../../backend.ts"
import { found, told } from "./cluster.ts"
import { labels } from "./names.ts"
import { type Running, spaceOf, until } from "./running.ts"

const usualGoneMs = 120_000

/**
 * Begins to remove a store's namespace with all that is in it.
 *
 * @returns whether it is the store's: one of that name that nobody made for it stays
 */
export async function beginRemoval(running: Running, storeId: string): Promise<boolean> {
  const name = spaceOf(running, storeId)
  const { core } = running.namespaces
  const there = await found(core.readNamespace({ name }))
  if (there && there.metadata?.labels?.[labels.store] !== storeId) return false
  await found(core.deleteNamespace({ name }))
  return true
}

/**
 * Waits until nothing of a store is there, then looks. A namespace ends when all objects in it are gone, whatever
 * their kind; volumes are nobody's and are looked for by themselves.
 *
 * @returns what is left, and why as far as the cluster says it
 */
export async function destroyStore(running: Running, storeId: string): Promise<Leftover[]> {
  const name = spaceOf(running, storeId)
  if (!(await beginRemoval(running, storeId))) return []
  const { core } = running.namespaces
  const { goneMs = usualGoneMs } = running.settings
  const read = () => found(core.readNamespace({ name }))
  await until(running, { ms: goneMs, everyMs: 300 }, async () => (await read()) === undefined)
  const namespace = await read()
  if (namespace) return [namespaceLeft(namespace)]
  const volumes = async () =>
    (await told(core.listPersistentVolume())).items.filter(
      ({ spec }) => spec?.claimRef?.namespace === name,
    )
  await until(running, { ms: goneMs, everyMs: 500 }, async () => (await volumes()).length === 0)
  return (await volumes()).map(({ metadata, spec, status }) => ({
    ...{ kind: "object", what: `volume ${metadata?.name ?? ""}` },
    because:
      spec?.persistentVolumeReclaimPolicy === "Retain"
        ? "Its class keeps volumes whose store is gone."
        : `The cluster still has it as ${status?.phase ?? "unknown"}.`,
  }))
}

/** What a namespace that does not end says of what holds it. */
function namespaceLeft({ metadata, status }: V1Namespace): Leftover {
  const said = (status?.conditions ?? [])
    .filter(({ type, status: is }) => is === "True" && type.startsWith("Namespace"))
    .map(({ message }) => message ?? "")
  const because = said.length > 0 ? said.join(" ") : "The cluster has not removed it yet."
  return { kind: "object", what: `namespace ${metadata?.name ?? ""}`, because }
}
