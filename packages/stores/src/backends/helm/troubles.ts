import type { CoreV1Event, V1Pod } from "@kubernetes/client-node"
import { type Fault, fault } from "@vibecaas/kernel/fault"

/** Why something on the cluster does not come up, as the cluster itself says it. */
export interface Signs {
  pods: readonly Pick<V1Pod, "status" | "spec">[]
  events: readonly Pick<CoreV1Event, "type" | "reason" | "message">[]
}

interface Rule {
  fits: RegExp
  fault(words: string): Fault
}

/**
 * What will not mend itself, said at once instead of after the time that a start may take. A rule reads
 * `<reason>: <message>` of what waits and of warnings. The first that fits counts.
 */
const rules: readonly Rule[] = [
  {
    fits: /^(ImagePullBackOff|ErrImageNeverPull|InvalidImageName)\b/,
    fault: (note) =>
      fault("unavailable", {
        say: "The engine's image is not installed where the cluster looks for it.",
        note,
      }),
  },
  {
    fits: /^FailedCreate: .*(exceeded quota|must be less than or equal to)/,
    fault: (note) =>
      fault("quota_exceeded", {
        say: "The store needs more than its plan gives it on the cluster.",
        note,
      }),
  },
  {
    fits: /^FailedCreate: .*(violates PodSecurity|admission webhook|denied)/,
    fault: (note) =>
      fault("driver_failed", {
        say: "The cluster's rules do not let the store's pods in. Who runs the cluster looks at them.",
        note,
      }),
  },
  {
    fits: /^CreateContainerConfigError\b/,
    fault: (note) =>
      fault("driver_failed", { say: "The cluster cannot start the store's pod as it is.", note }),
  },
  {
    fits: /^ProvisioningFailed\b|^FailedScheduling: .*(unbound immediate|persistentvolumeclaim ".*" not found)/,
    fault: (note) =>
      fault("disk_full", { say: "The cluster has no volume for the store's data.", note }),
  },
  {
    fits: /^FailedScheduling: .*Insufficient (cpu|memory|ephemeral-storage|pods)/,
    fault: (note) =>
      fault("host_full", { say: "The cluster has no room for another store.", note }),
  },
]

/** The fault that keeps it from coming up; nothing while it may only take its time. */
export function troubleIn({ pods, events }: Signs): Fault | undefined {
  const lines = linesOfSigns({ pods, events: events.filter((event) => isOpen(event, pods)) })
  for (const rule of rules) {
    const words = lines.find((line) => rule.fits.test(line))
    if (words !== undefined) return rule.fault(words)
  }
  return undefined
}

/** Warnings stay for an hour, also of what has mended itself meanwhile. */
function isOpen({ reason }: Signs["events"][number], pods: Signs["pods"]): boolean {
  if (reason === "FailedCreate") return pods.length === 0
  const hasNode = pods.length > 0 && pods.every(({ spec }) => spec?.nodeName !== undefined)
  return !(hasNode && (reason === "FailedScheduling" || reason === "ProvisioningFailed"))
}

/** The same signs for people, the oldest first. */
export function linesOfSigns({ pods, events }: Signs): string[] {
  const waiting = pods.flatMap(({ status }) =>
    (status?.containerStatuses ?? []).flatMap(({ state, lastState }) => [
      ...sentence(state?.waiting),
      ...sentence(state?.terminated ?? lastState?.terminated),
    ]),
  )
  const warnings = events.filter(({ type }) => type !== "Normal").flatMap(sentence)
  return [...new Set([...warnings, ...waiting])]
}

/** After nine alike, the cluster puts words of its own before what happened. */
const combined = /^\(combined from similar events\): /

const sentence = (of: { reason?: string; message?: string } | undefined): string[] =>
  of?.reason && of.reason !== "Completed"
    ? [`${of.reason}: ${(of.message ?? "").replace(combined, "").trim()}`]
    : []
