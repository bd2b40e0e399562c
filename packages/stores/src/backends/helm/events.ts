import type { CoreV1Event } from "@kubernetes/client-node"
import { type Cluster, told } from "./cluster.ts"
import { lastAt } from "./event-times.ts"
import { objectName } from "./names.ts"

/** What a cluster says of a store's objects, the oldest first. */
export async function eventsOf(
  { core }: Pick<Cluster, "core">,
  namespace: string,
  isOf: (name: string) => boolean,
): Promise<CoreV1Event[]> {
  const { items } = await told(core.listNamespacedEvent({ namespace }))
  return items
    .filter(({ involvedObject }) => isOf(involvedObject.name ?? ""))
    .sort((one, other) => lastAt(one) - lastAt(other))
}

const worksBegin = objectName("work-")
export const isOfProcess = (name: string) => !name.startsWith(worksBegin)
export const isOfWork = (work: string) => (name: string) => name.startsWith(`${worksBegin}${work}`)
