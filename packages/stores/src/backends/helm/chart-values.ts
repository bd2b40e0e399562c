import { fault } from "@vibecaas/kernel/fault"
import type { HookSpec } from "../../engine.ts"
import { digestOf, type Release } from "../../release.ts"
import { claimName, envSecretOf } from "./names.ts"
import type { HelmOptions } from "./options.ts"
import type { Placed } from "./place.ts"

/** A program that runs to its end, as the chart's `work`. */
export interface Work {
  name: string
  /** hexadecimal digits: who asks for the same joins it */
  key: string
  argv: readonly string[]
  seconds: number
}

/**
 * All values of a chart for one release. Environments are in Secrets of which only names are here: Helm keeps
 * what it is told where people read it.
 *
 * @throws Fault `invalid` for what no pod can be given yet
 */
export function chartValues(
  options: Pick<HelmOptions, "image">,
  { placed, release, revision }: { placed: Placed; release: Release; revision: number },
  work?: Work,
): Record<string, unknown> {
  const { memoryMiB, cpuCount } = placed.engine.limits(release.plan)
  return {
    store: {
      ...{ id: release.storeId, version: release.version, plan: release.plan },
      ...{ digest: digestOf(release), revision: String(revision) },
    },
    image: options.image
      .replaceAll("{engine}", release.engine)
      .replaceAll("{version}", release.version),
    resources: { cpu: `${cpuCount * 1000}m`, cpuRequest: "50m", memory: `${memoryMiB}Mi` },
    data: { existingClaim: claimName },
    processes: Object.fromEntries(
      placed.specs.map((spec) => {
        refuseFiles(spec)
        return [spec.name, processValues(spec, placed.ports[spec.name])]
      }),
    ),
    work: work ? { ...work, existingSecret: envSecretOf("work") } : null,
  }
}

function processValues(
  { name, argv, startMs, stopMs }: Placed["specs"][number],
  port: number | undefined,
) {
  if (port === undefined) throw notYet(`its process "${name}" listens nowhere`)
  return {
    ...{ argv, port, existingSecret: envSecretOf(name) },
    // The first start of a pod waits for its image and its volume too.
    startSeconds: Math.ceil(startMs / 1000) * 4,
    stopSeconds: Math.ceil(stopMs / 1000),
  }
}

export function refuseFiles(spec: Pick<HookSpec, "workFiles" | "workLinks" | "cwd">): void {
  if (spec.workFiles || spec.workLinks || spec.cwd) throw notYet("its programs need files laid out")
}

const notYet = (why: string) =>
  fault("invalid", { say: `This engine does not run on a cluster yet: ${why}.` })
