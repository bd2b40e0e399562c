import type { CoreV1Event, V1ContainerState, V1Pod } from "@kubernetes/client-node"
import { expect, test } from "vitest"
import { classify } from "../../failures.ts"
import { lasting } from "./event-times.ts"
import { linesOfSigns, type Signs, troubleIn } from "./troubles.ts"

const warning = (reason: string, message: string) => ({ type: "Warning", reason, message })
const pod = (state: V1ContainerState, nodeName?: string): V1Pod => ({
  spec: { containers: [], ...(nodeName ? { nodeName } : {}) },
  status: {
    containerStatuses: [
      { name: "shop", image: "", imageID: "", ready: false, restartCount: 0, state },
    ],
  },
})
const waits = (reason: string, message: string) => pod({ waiting: { reason, message } }, "node1")
const none: Signs = { pods: [], events: [] }

/** What real clusters said, by what it means for a store. */
const said: [string, Signs, string][] = [
  [
    "engine_not_installed",
    { ...none, pods: [waits("ImagePullBackOff", 'Back-off pulling image "x"')] },
    "unavailable",
  ],
  [
    "engine_not_installed",
    { ...none, pods: [waits("ErrImageNeverPull", 'Container image "x" is not present')] },
    "unavailable",
  ],
  [
    "engine_not_installed",
    { ...none, pods: [waits("InvalidImageName", "Failed to apply default image tag")] },
    "unavailable",
  ],
  [
    "quota",
    {
      ...none,
      events: [
        warning(
          "FailedCreate",
          '(combined from similar events): Error creating: pods "quota-54bfd9b7d6-qbxtm" is forbidden: exceeded quota: store, requested: limits.cpu=9, used: limits.cpu=2800m',
        ),
      ],
    },
    "quota_exceeded",
  ],
  [
    "quota",
    {
      ...none,
      events: [
        warning(
          "FailedCreate",
          'Error creating: Pod "l-1" is invalid: spec.containers[0].resources.requests: Invalid value: "1Gi": must be less than or equal to memory limit of 512Mi',
        ),
      ],
    },
    "quota_exceeded",
  ],
  [
    "quota",
    {
      ...none,
      events: [
        warning("FailedScheduling", "0/1 nodes are available: 1 Insufficient cpu. no new claims"),
      ],
    },
    "host_full",
  ],
  [
    "disk_full",
    {
      ...none,
      events: [warning("ProvisioningFailed", 'storageclass.storage.k8s.io "nosuch" not found')],
    },
    "disk_full",
  ],
  [
    "disk_full",
    {
      ...none,
      events: [
        warning(
          "FailedScheduling",
          '0/1 nodes are available: persistentvolumeclaim "absent" not found.',
        ),
      ],
    },
    "disk_full",
  ],
  [
    "never_ready",
    {
      ...none,
      events: [
        warning(
          "FailedCreate",
          'Error creating: pods "a-1" is forbidden: violates PodSecurity "restricted:v1.34": host namespaces (hostNetwork=true)',
        ),
      ],
    },
    "driver_failed",
  ],
  [
    "never_ready",
    { ...none, pods: [waits("CreateContainerConfigError", 'secret "absent" not found')] },
    "driver_failed",
  ],
]

test.each(said)("what the cluster says is told as %s", (kind, signs, code) => {
  const error = troubleIn(signs)
  expect(error?.code).toBe(code)
  expect(classify({ step: "start", error }).kind).toBe(kind)
})

test("a shop that used too much memory is told by the words of its end", () => {
  const ended = pod({ terminated: { exitCode: 137, reason: "OOMKilled" } }, "node1")
  const logTail = linesOfSigns({ pods: [ended], events: [] })
  expect(classify({ step: "start", logTail }).kind).toBe("out_of_memory")
})

test("what mended itself is no trouble any more", () => {
  const events = [
    warning("FailedCreate", "Error creating: pods is forbidden: exceeded quota: store"),
    warning("FailedScheduling", "0/1 nodes are available: 1 Insufficient cpu."),
    warning("BackOff", "Back-off restarting failed container"),
  ]
  const running = pod({ running: {} }, "node1")
  expect(troubleIn({ pods: [running], events })).toBeUndefined()
  expect(troubleIn({ pods: [waits("ContainerCreating", "")], events: [] })).toBeUndefined()
})

test("a warning counts once it lasts, whichever part of the cluster gave it", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))
  const event = (more: object) => ({ metadata: {}, involvedObject: {}, ...more }) as CoreV1Event
  const kubelet = event({ firstTimestamp: at(0), lastTimestamp: at(40) })
  const scheduler = event({ eventTime: at(10) })
  const justNow = event({ eventTime: at(58) })
  const longAgo = event({ firstTimestamp: at(0), lastTimestamp: at(0) })
  const now = at(61).getTime()
  expect(lasting([kubelet, scheduler, justNow, longAgo], now)).toEqual([kubelet, scheduler])
})
