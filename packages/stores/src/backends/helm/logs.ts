import type { LogPart, LogQuery } from "../../backend.ts"
import { linesOf } from "../../log-lines.ts"
import { found, told } from "./cluster.ts"
import { eventsOf } from "./events.ts"
import { labels } from "./names.ts"
import { type Running, spaceOf } from "./running.ts"
import { linesOfSigns } from "./troubles.ts"

type Line = LogPart["lines"][number]

/** What hooks wrote, what the cluster says, and what processes wrote: in this order. */
export async function readLogs(
  running: Running,
  storeId: string,
  { of, linesMax }: LogQuery,
): Promise<LogPart> {
  const namespace = spaceOf(running, storeId)
  const wanted = (name: string) => of === undefined || of === name
  const parts = await Promise.all([
    linesOfHooks(running, namespace),
    wanted(ofCluster) ? linesOfCluster(running, namespace) : [],
    linesOfProcesses(running, namespace, linesMax),
  ])
  const lines = parts.flat().filter((line) => wanted(line.of))
  return { lines: lines.slice(-linesMax), cut: lines.length > linesMax }
}

/** what the cluster says of a store is read like a program's log */
const ofCluster = "cluster"

async function linesOfHooks({ cluster }: Running, namespace: string): Promise<Line[]> {
  const of = { namespace, labelSelector: labels.log }
  const { items } = await told(cluster.core.listNamespacedConfigMap(of))
  return items.flatMap(({ metadata, data }) =>
    linesOf(data?.text ?? "").map((text) => ({
      ...{ of: metadata?.labels?.[labels.log] ?? "", text },
    })),
  )
}

async function linesOfCluster({ cluster }: Running, namespace: string): Promise<Line[]> {
  const [{ items: pods }, events] = await Promise.all([
    told(cluster.core.listNamespacedPod({ namespace })),
    eventsOf(cluster, namespace, () => true),
  ])
  return linesOfSigns({ pods, events }).map((text) => ({ of: ofCluster, text }))
}

async function linesOfProcesses(
  { cluster }: Running,
  namespace: string,
  tailLines: number,
): Promise<Line[]> {
  const { items } = await told(
    cluster.core.listNamespacedPod({ namespace, labelSelector: labels.process }),
  )
  const each = await Promise.all(
    items.map(async ({ metadata, status }) => {
      const of = { namespace, name: metadata?.name ?? "", tailLines }
      const again = (status?.containerStatuses?.[0]?.restartCount ?? 0) > 0
      const read = async (previous: boolean) => {
        // One that has not begun, or whose last one was thrown away, has no log.
        const asked = cluster.core.readNamespacedPodLog({ ...of, previous })
        return linesOf((await found(asked).catch(() => undefined)) ?? "")
      }
      const texts = [...(again ? await read(true) : []), ...(await read(false))]
      return texts.map((text) => ({ of: metadata?.labels?.[labels.process] ?? "", text }))
    }),
  )
  return each.flat()
}
