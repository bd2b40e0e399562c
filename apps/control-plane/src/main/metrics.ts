import { collectDefaultMetrics, Registry } from "prom-client"
import type { AgentMeters } from "../agents/index.ts"
import type { Metrics } from "../http/metrics.ts"
import { makeAgentMeters } from "./agent-meters.ts"
import type { Config } from "./config.ts"
import { type CountedStores, makeStoreMeters } from "./store-meters.ts"

/** What this process counts, and who may read it. */
export function makeMetrics({
  metricsToken: token,
  private: isPrivate,
}: Pick<Config, "metricsToken" | "private">): {
  agents: AgentMeters
  stores: CountedStores
  served: Metrics | undefined
} {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: "vibecaas_" })
  const { contentType } = registry
  const served = { contentType, token, read: () => registry.metrics() }
  const counted = { agents: makeAgentMeters(registry), stores: makeStoreMeters(registry) }
  return { ...counted, served: token || isPrivate ? served : undefined }
}
