import type { Listen } from "../../engine.ts"
import { notRunning } from "../../reachable.ts"
import { found } from "./cluster.ts"
import { labels, objectName } from "./names.ts"
import { type Running, spaceOf } from "./running.ts"
import { lookAt, storeSeen } from "./seen.ts"

/**
 * Where a process of a store listens: its Service where the host reaches those, or else a socket of this host.
 *
 * @throws Fault `unavailable` when it does not run
 */
export async function reachProcess(
  running: Running,
  storeId: string,
  process: string,
): Promise<Listen> {
  const namespace = spaceOf(running, storeId)
  const { cluster } = running
  const [looked, service] = await Promise.all([
    lookAt(running, namespace),
    found(cluster.core.readNamespacedService({ namespace, name: objectName(process) })),
  ])
  const seen = storeSeen(storeId, looked)
  const listens = seen.processes.some(
    ({ name, state }) => name === process && state === "listening",
  )
  const [port] = service?.spec?.ports ?? []
  const host = service?.spec?.clusterIP
  if (listens && running.settings.reach === "forward") {
    return running.forwards.open({ storeId, process })
  }
  if (listens && host && port) return { host, port: port.port }
  throw notRunning(`${storeId} ${process}`)
}

/** Ids of stores of this installation, of which anything is there. */
export async function listStores({ namespaces, settings }: Running): Promise<string[]> {
  const labelSelector = `${labels.installation}=${settings.prefix}`
  const answer = await found(namespaces.core.listNamespace({ labelSelector }))
  const ids = (answer?.items ?? []).map(({ metadata }) => metadata?.labels?.[labels.store])
  return ids.filter((id) => id !== undefined).sort()
}
