import type {
  KubernetesObject,
  V1Container,
  V1CronJob,
  V1Deployment,
  V1Job,
  V1LimitRange,
  V1PersistentVolumeClaim,
  V1PodSpec,
  V1ResourceQuota,
  V1Service,
  V1StatefulSet,
} from "@kubernetes/client-node"

/**
 * What something uses of a namespace's quota: names as `hard` of a ResourceQuota has them, in processors, bytes
 * or pieces.
 */
export type Need = Readonly<Record<string, number>>

/**
 * The most that a rendered release uses at one time. A Deployment that replaces its pods one by one has some of
 * both for a while; hooks run one after the other, so the largest counts beside everything else.
 *
 * @param ranges what containers that say nothing are given when they are let in
 */
export function needOf(
  objects: readonly KubernetesObject[],
  ranges: readonly V1LimitRange[],
): Need {
  const isHook = ({ metadata }: KubernetesObject) =>
    metadata?.annotations?.["helm.sh/hook"] !== undefined
  const needOne = (object: KubernetesObject) => needOfObject(object, ranges)
  const hooks = objects.filter(isHook).map(needOne)
  return sum([...objects.filter((one) => !isHook(one)).map(needOne), largest(hooks)])
}

/** A line of a quota that does not suffice, in words; nothing when all does. */
export function lackIn(quotas: readonly V1ResourceQuota[], need: Need): string | undefined {
  for (const { metadata, spec } of quotas) {
    for (const [name, hard] of Object.entries(spec?.hard ?? {})) {
      const wanted = need[name] ?? 0
      if (wanted <= toNumber(hard)) continue
      return `${name}: ${words(name, wanted)} needed, ${words(name, toNumber(hard))} allowed by the quota "${metadata?.name}"`
    }
  }
  return undefined
}

function merge(needs: readonly Need[], join: (one: number, other: number) => number): Need {
  const merged: Record<string, number> = {}
  for (const [name, amount] of needs.flatMap(Object.entries<number>))
    merged[name] = join(merged[name] ?? 0, amount)
  return merged
}

const sum = (needs: readonly Need[]) => merge(needs, (one, other) => one + other)
const largest = (needs: readonly Need[]) => merge(needs, Math.max)

const times = (need: Need, count: number): Need =>
  Object.fromEntries(Object.entries(need).map(([name, amount]) => [name, amount * count]))

const pieces = (...names: string[]): Need => Object.fromEntries(names.map((name) => [name, 1]))

/** By kind: what one object counts as, and the pods that it has. */
const kinds: Readonly<
  Record<string, { counts: readonly string[]; pods?: (object: KubernetesObject) => Pods }>
> = {
  Deployment: { counts: ["count/deployments.apps"], pods: podsOfDeployment },
  StatefulSet: { counts: ["count/statefulsets.apps"], pods: podsOfStatefulSet },
  Job: { counts: ["count/jobs.batch"], pods: ({ spec }: V1Job) => podsOfJob(spec) },
  CronJob: {
    counts: ["count/cronjobs.batch"],
    pods: ({ spec }: Partial<V1CronJob>) => podsOfJob(spec?.jobTemplate.spec),
  },
  Service: { counts: ["services", "count/services"] },
  Secret: { counts: ["secrets", "count/secrets"] },
  ConfigMap: { counts: ["configmaps", "count/configmaps"] },
  PersistentVolumeClaim: { counts: ["persistentvolumeclaims", "count/persistentvolumeclaims"] },
}

interface Pods {
  spec: V1PodSpec | undefined
  count: number
}

function needOfObject(object: KubernetesObject, ranges: readonly V1LimitRange[]): Need {
  const kind = kinds[object.kind ?? ""]
  if (!kind) return {}
  const { spec, count } = kind.pods?.(object) ?? { spec: undefined, count: 0 }
  const perPod = spec ? sum([podNeed(spec, ranges), pieces("pods", "count/pods")]) : {}
  return sum([pieces(...kind.counts), times(perPod, count), serviceNeed(object), claimNeed(object)])
}

function podsOfDeployment({ spec }: V1Deployment): Pods {
  const replicas = spec?.replicas ?? 1
  const surge = spec?.strategy?.rollingUpdate?.maxSurge ?? "25%"
  const more = spec?.strategy?.type === "Recreate" ? 0 : surgeOf(String(surge), replicas)
  return { spec: spec?.template.spec, count: replicas + more }
}

const surgeOf = (surge: string, replicas: number) =>
  surge.endsWith("%") ? Math.ceil((Number.parseInt(surge, 10) / 100) * replicas) : Number(surge)

function podsOfStatefulSet({ spec }: V1StatefulSet): Pods {
  return { spec: spec?.template.spec, count: spec?.replicas ?? 1 }
}

function podsOfJob(spec: V1Job["spec"]): Pods {
  const atOnce = Math.min(spec?.parallelism ?? 1, spec?.completions ?? Number.POSITIVE_INFINITY)
  return { spec: spec?.template.spec, count: atOnce }
}

/**
 * What the scheduler and the quota count for one pod: all its containers at once, or the hungriest of those that
 * prepare it, which run one after the other beside the sidecars that began before them.
 */
export function podNeed(spec: V1PodSpec, ranges: readonly V1LimitRange[]): Need {
  const need = (container: V1Container) => containerNeed(container, ranges)
  let sidecars: Need = {}
  const peaks: Need[] = []
  for (const init of spec.initContainers ?? []) {
    const together = sum([sidecars, need(init)])
    if (init.restartPolicy === "Always") sidecars = together
    else peaks.push(together)
  }
  const running = sum([sidecars, ...spec.containers.map(need)])
  const overhead = Object.entries(spec.overhead ?? {}).flatMap(([name, amount]) =>
    sides.map((side) => [`${side}.${name}`, toNumber(amount)] as const),
  )
  return sum([largest([running, ...peaks]), Object.fromEntries(overhead)])
}

const sides = ["requests", "limits"] as const
const measured = ["cpu", "memory", "ephemeral-storage"] as const

/** A container that says only its limit requests as much; one that says nothing is given the namespace's default. */
function containerNeed({ resources }: V1Container, ranges: readonly V1LimitRange[]): Need {
  const given = ranges
    .flatMap(({ spec }) => spec?.limits ?? [])
    .find(({ type }) => type === "Container")
  const need: Record<string, number> = {}
  for (const name of measured) {
    const limit = resources?.limits?.[name] ?? given?._default?.[name]
    const request = resources?.requests?.[name] ?? resources?.limits?.[name]
    const asked = request ?? given?.defaultRequest?.[name] ?? limit
    if (limit !== undefined) need[`limits.${name}`] = toNumber(limit)
    if (asked === undefined) continue
    need[`requests.${name}`] = toNumber(asked)
    // A quota may name requests without saying so.
    need[name] = toNumber(asked)
  }
  return need
}

function serviceNeed({ kind, spec }: V1Service): Need {
  if (kind !== "Service") return {}
  if (spec?.type === "NodePort") return pieces("services.nodeports")
  return spec?.type === "LoadBalancer" ? pieces("services.loadbalancers", "services.nodeports") : {}
}

function claimNeed({ kind, spec }: V1PersistentVolumeClaim): Need {
  const storage = spec?.resources?.requests?.storage
  if (kind !== "PersistentVolumeClaim" || storage === undefined) return {}
  const ofClass = spec?.storageClassName
    ? {
        [`${spec.storageClassName}.storageclass.storage.k8s.io/requests.storage`]:
          toNumber(storage),
      }
    : {}
  return { "requests.storage": toNumber(storage), ...ofClass }
}

const powers = ["", "k", "M", "G", "T", "P", "E"]

/** As Kubernetes writes amounts: `250m`, `64Mi`, `1e3`, `2G`. */
function toNumber(quantity: string | number): number {
  const [, digits = "", unit = ""] =
    /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)(\w*)$/.exec(`${quantity}`) ?? []
  const small = ["m", "u", "n"].indexOf(unit)
  if (small >= 0) return Number(digits) / 1000 ** (small + 1)
  const power = powers.indexOf(unit.replace(/i$/, "").replace("K", "k"))
  return Number(digits) * (unit.endsWith("i") ? 1024 : 1000) ** power
}

const mib = 1024 * 1024

const words = (name: string, amount: number) =>
  /memory$|storage$/.test(name)
    ? `${Math.ceil(amount / mib)} MiB`
    : String(Math.round(amount * 1000) / 1000)
