import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import { run } from "@vibecaas/kernel/spawn"
import { makeTurns } from "@vibecaas/kernel/turns"
import type { ReachableBackend } from "../../reachable.ts"
import { makeSharedHooks } from "../shared-hooks.ts"
import { type Cluster, openCluster, userOf } from "./cluster.ts"
import { makeForwards } from "./forwards.ts"
import { helmWith } from "./helm-cli.ts"
import type { HelmOptions } from "./options.ts"
import type { Running } from "./running.ts"
import { makeVerbs } from "./verbs.ts"

/**
 * Stores in namespaces of a cluster, one for each. What is there is adopted.
 *
 * @throws Fault `unavailable` without a Helm that is new enough
 */
export async function openHelmBackend(options: HelmOptions): Promise<ReachableBackend> {
  await checkHelm(options.helmPath)
  for (const dir of [options.stateDir, options.dataRoot, `${options.dataRoot}/backups`]) {
    await mkdir(dir, { recursive: true, mode: 0o711 })
  }
  const closing = new AbortController()
  const cluster = openCluster(options.kubeconfig)
  const running: Running = {
    ...{ settings: options, cluster, helm: helmWith(options), inTurn: makeTurns() },
    namespaces:
      options.namespacesKubeconfig === undefined
        ? cluster
        : openCluster(options.namespacesKubeconfig),
    ...{ hooks: makeSharedHooks(), closing: closing.signal, forwards: makeForwards(() => running) },
    rights: rightsOf(options.clusterRole, cluster),
  }
  return makeVerbs(running, async () => {
    closing.abort()
    await running.forwards.close()
  })
}

/** Asked for with the first store: the platform starts also while the cluster is away. */
function rightsOf(clusterRole: string | undefined, cluster: Cluster): Running["rights"] {
  if (clusterRole === undefined) return async () => undefined
  let known: string | undefined
  return async () => {
    known ??= await userOf(cluster)
    return { clusterRole, user: known }
  }
}

const oldest = [3, 19] as const

async function checkHelm(path: string): Promise<void> {
  const say = `Stores on a cluster need Helm ${oldest.join(".")} or later, and ${path} is none. Install it, or name it by VIBECAAS_STORES_HELM.`
  if (!existsSync(path)) throw fault("unavailable", { say })
  const env = { HOME: "/nonexistent", HELM_NO_PLUGINS: "1" }
  const { stdout } = await run(path, ["version", "--template", "{{.Version}}"], {
    env,
    timeoutMs: 20_000,
  })
  const [, major, minor = "0"] = /^v(\d+)(?:\.(\d+))?/.exec(stdout.toString("utf8")) ?? []
  const isOld = Number(major) === oldest[0] && Number(minor) < oldest[1]
  if (major === undefined || Number(major) < oldest[0] || isOld) throw fault("unavailable", { say })
}
