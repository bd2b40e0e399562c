import type {
  KubernetesObject,
  V1Container,
  V1LimitRange,
  V1PodSpec,
  V1ResourceQuota,
} from "@kubernetes/client-node"
import { expect, test } from "vitest"
import { lackIn, needOf, podNeed } from "./quota-need.ts"

const using = (cpu: string, memory: string, more: Partial<V1Container> = {}): V1Container => ({
  ...{ name: "one", resources: { requests: { cpu, memory }, limits: { cpu, memory } } },
  ...more,
})
const pod = (spec: Partial<V1PodSpec>) => ({ containers: [using("500m", "64Mi")], ...spec })
const mib = (count: number) => count * 1024 * 1024
const quota = (hard: Record<string, string>): V1ResourceQuota => ({
  metadata: { name: "store" },
  spec: { hard },
})
const object = (kind: string, spec: object, annotations: Record<string, string> = {}) =>
  ({ kind, metadata: { name: "one", annotations }, spec }) as KubernetesObject
const deployment = (spec: object) => object("Deployment", { template: { spec: pod({}) }, ...spec })

test("a pod needs what its containers need together, or the hungriest that prepares it", () => {
  const spec = pod({
    initContainers: [using("100m", "512Mi"), using("2", "32Mi")],
    containers: [using("500m", "64Mi"), using("250m", "64Mi")],
  })
  expect(podNeed(spec, [])).toMatchObject({
    ...{ "requests.cpu": 2, "limits.cpu": 2 },
    ...{ "requests.memory": mib(512), "limits.memory": mib(512) },
  })
})

test("a sidecar counts beside what runs, and beside what prepares after it", () => {
  const sidecar = using("100m", "100Mi", { restartPolicy: "Always" })
  const spec = pod({ initContainers: [using("1", "10Mi"), sidecar, using("1", "10Mi")] })
  expect(podNeed(spec, [])).toMatchObject({
    ...{ "requests.cpu": 1.1, "requests.memory": mib(164) },
  })
})

test("who says only a limit requests as much, and who says nothing is given the namespace's default", () => {
  const ranges: V1LimitRange[] = [
    {
      spec: {
        limits: [
          { type: "PersistentVolumeClaim", max: { storage: "1Gi" } },
          { type: "Container", _default: { cpu: "1" }, defaultRequest: { cpu: "50m" } },
        ],
      },
    },
  ]
  const silent = { name: "one", resources: { limits: { memory: "32Mi" } } }
  expect(podNeed({ containers: [silent] }, ranges)).toMatchObject({
    ...{ "requests.memory": mib(32), "limits.memory": mib(32) },
    ...{ "requests.cpu": 0.05, "limits.cpu": 1 },
  })
})

test.each([
  ["replaces its pods one by one", { replicas: 5 }, 7],
  ["may have three more", rolling(3), 5],
  ["ends its pods first", { replicas: 2, strategy: { type: "Recreate" } }, 2],
  ["rests", { replicas: 0, strategy: { type: "Recreate" } }, 0],
])("a Deployment that %s has %o: %i pods at most", (_, spec, pods) => {
  expect(needOf([deployment(spec)], []).pods ?? 0).toBe(pods)
})

function rolling(maxSurge: number | string) {
  return { replicas: 2, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge } } }
}

test("hooks run one after the other: the largest counts beside everything else", () => {
  const job = (memory: string) =>
    object("Job", { template: { spec: pod({ containers: [using("1", memory)] }) } }, hook)
  const need = needOf([deployment(rolling(0)), job("512Mi"), job("256Mi")], [])
  expect(need).toMatchObject({
    ...{ pods: 3, "limits.memory": mib(2 * 64 + 512), "count/jobs.batch": 1 },
    "count/deployments.apps": 1,
  })
})

const hook = { "helm.sh/hook": "pre-upgrade" }

test("claims, Secrets and doors to the outside are counted by the names that quotas have for them", () => {
  const claim = { storageClassName: "fast", resources: { requests: { storage: "2Gi" } } }
  const need = needOf(
    [
      object("PersistentVolumeClaim", claim),
      object("Secret", {}),
      object("Service", { type: "LoadBalancer" }),
      object("Service", {}),
    ],
    [],
  )
  expect(need).toMatchObject({
    ...{ persistentvolumeclaims: 1, "requests.storage": mib(2048), "count/secrets": 1 },
    "fast.storageclass.storage.k8s.io/requests.storage": mib(2048),
    ...{ services: 2, "services.loadbalancers": 1, "services.nodeports": 1 },
  })
})

test("the line of a quota that does not suffice is named, with what is needed and what there is", () => {
  const need = needOf([deployment(rolling(1))], [])
  expect(lackIn([quota({ "limits.memory": "192Mi", pods: "3" })], need)).toBeUndefined()
  expect(lackIn([quota({ pods: "9" }), quota({ "limits.memory": "128Mi" })], need)).toBe(
    'limits.memory: 192 MiB needed, 128 MiB allowed by the quota "store"',
  )
  expect(lackIn([quota({ "limits.cpu": "1", pods: "9" })], need)).toBe(
    'limits.cpu: 1.5 needed, 1 allowed by the quota "store"',
  )
  expect(lackIn([quota({ "services.loadbalancers": "0" })], need)).toBeUndefined()
})
