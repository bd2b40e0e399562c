import { mkdir } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import { run, type SpawnResult } from "@vibecaas/kernel/spawn"
import { z } from "zod"
import { refusal } from "./cluster.ts"
import { releaseName } from "./names.ts"
import type { HelmOptions } from "./options.ts"
import { type ReleaseRevision, revisionStatuses } from "./plan-release.ts"

/** The program Helm on one cluster. It is told values by its input, so none stands in a list of processes. */
export interface Helm {
  /** the oldest first; empty when there is no such release. @throws Fault */
  history(namespace: string): Promise<HelmRevision[]>
  /** Installs or changes the release without waiting for its pods. @throws Fault `host_busy` when another one works on it */
  upgrade(namespace: string, of: { chart: string; values: object; about: string }): Promise<void>
  rollback(namespace: string, to: number): Promise<void>
  uninstall(namespace: string): Promise<void>
  /** A chart with these values, or one template of it, as YAML; asks no cluster. */
  render(chart: string, of: { values: object; template?: string }): Promise<string>
}

export interface HelmRevision extends ReleaseRevision {
  /** ISO 8601 */
  at: string
}

/** Helm's own limit of one call; who works on a store has limits of its own. */
const callMs = 5 * 60_000
/** how many revisions Helm keeps; each is a Secret of the namespace */
const revisionsMax = 20

const historySchema = z.array(
  z.object({
    revision: z.int(),
    updated: z.string(),
    status: z.enum(revisionStatuses).catch("unknown"),
    description: z.string().default(""),
  }),
)

export function helmWith(options: Pick<HelmOptions, "helmPath" | "stateDir" | "kubeconfig">): Helm {
  const call = async (argv: readonly string[], input?: object): Promise<string> => {
    const ended = await run(options.helmPath, [...argv], {
      env: await homes(options),
      timeoutMs: callMs,
      ...(input === undefined ? {} : { stdin: JSON.stringify(input) }),
    })
    if (ended.exitCode === 0) return ended.stdout.toString("utf8")
    throw helmFault(argv[0] ?? "", ended)
  }
  const at = (namespace: string) => ["--namespace", namespace]
  return {
    async history(namespace) {
      const argv = ["history", releaseName, ...at(namespace), "--output", "json", "--max", "256"]
      const text = await call(argv).catch((error: unknown) => {
        if (error instanceof NoRelease) return "[]"
        throw error
      })
      const revisions = historySchema.parse(JSON.parse(text))
      return revisions.map(({ updated, ...revision }) => ({
        ...revision,
        at: new Date(updated).toISOString(),
      }))
    },
    async upgrade(namespace, { chart, values, about }) {
      const argv = ["upgrade", releaseName, chart, "--install", ...at(namespace), "--values", "-"]
      const kept = ["--history-max", String(revisionsMax), "--reset-values", "--take-ownership"]
      await call([...argv, ...kept, "--description", about], values)
    },
    async rollback(namespace, to) {
      await call(["rollback", releaseName, String(to), ...at(namespace), "--no-hooks"])
    },
    async uninstall(namespace) {
      const argv = ["uninstall", releaseName, ...at(namespace), "--no-hooks", "--ignore-not-found"]
      await call([...argv, "--wait"])
    },
    render: (chart, { values, template }) =>
      call(
        [
          "template",
          releaseName,
          chart,
          "--values",
          "-",
          ...(template ? ["--show-only", template] : []),
        ],
        values,
      ),
  }
}

/** Helm shares nothing with a Helm that somebody uses on this host, and takes no plugin of theirs. */
async function homes({ stateDir, kubeconfig }: Pick<HelmOptions, "stateDir" | "kubeconfig">) {
  const names = ["cache", "config", "data"] as const
  await Promise.all(names.map((name) => mkdir(`${stateDir}/${name}`, { recursive: true })))
  return {
    ...{ HOME: stateDir, PATH: "/usr/bin:/bin", HELM_NO_PLUGINS: "1" },
    ...{ HELM_CACHE_HOME: `${stateDir}/cache`, HELM_CONFIG_HOME: `${stateDir}/config` },
    HELM_DATA_HOME: `${stateDir}/data`,
    ...(kubeconfig === undefined ? podsOwn() : { KUBECONFIG: kubeconfig }),
  }
}

/** Where a pod finds its cluster: Helm looks for these two. */
function podsOwn(): Record<string, string> {
  return { KUBERNETES_SERVICE_HOST: "kubernetes.default.svc", KUBERNETES_SERVICE_PORT: "443" }
}

class NoRelease extends Error {}

/** Helm ends by 1 whatever happened: what it says tells. */
function helmFault(verb: string, { stdout, stderr, timedOut }: SpawnResult): Error {
  const text = `${stderr.toString("utf8")}${stdout.toString("utf8")}`.slice(-4000)
  if (/release: not found/.test(text)) return new NoRelease(text)
  if (/another operation .* is in progress|release: already exists/.test(text)) {
    return fault("host_busy", {
      say: "Somebody else changes this store on the cluster at the moment. Try again in a minute.",
      ...{ note: text, retryable: true },
    })
  }
  if (/don't meet the specifications of the schema/.test(text)) {
    return fault("driver_failed", {
      say: "The chart of this engine does not take the store's values.",
      note: text,
    })
  }
  if (
    timedOut ||
    /connection refused|i\/o timeout|no such host|Kubernetes cluster unreachable/.test(text)
  ) {
    return fault("unavailable", {
      ...{ say: "The cluster does not answer.", note: text, retryable: true },
    })
  }
  return refusal(/forbidden/i.test(text) ? 403 : 400, `helm ${verb}: ${text}`)
}
