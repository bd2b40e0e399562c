import { type KubernetesObject, loadAllYaml } from "@kubernetes/client-node"
import { fault } from "@vibecaas/kernel/fault"
import { told } from "./cluster.ts"
import { lackIn, needOf } from "./quota-need.ts"
import type { Running } from "./running.ts"

/**
 * Asks before Helm runs whether the quotas of a store's namespace let its release in: else a pod that is refused
 * would be found out by waiting, after what ran before was ended.
 *
 * @throws Fault `quota_exceeded` that names the line which does not suffice
 */
export async function checkQuotas(
  { cluster, helm }: Pick<Running, "cluster" | "helm">,
  namespace: string,
  of: { chart: string; values: object },
): Promise<void> {
  const [quotas, ranges, text] = await Promise.all([
    told(cluster.core.listNamespacedResourceQuota({ namespace })),
    told(cluster.core.listNamespacedLimitRange({ namespace })),
    helm.render(of.chart, { values: of.values }),
  ])
  const objects = loadAllYaml(text).filter((one: KubernetesObject | null) => one !== null)
  const lack = lackIn(quotas.items, needOf(objects, ranges.items))
  if (lack === undefined) return
  throw fault("quota_exceeded", {
    say: `The store does not fit into its place on the cluster: ${lack}.`,
  })
}
