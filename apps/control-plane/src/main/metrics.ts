import { collectDefaultMetrics, Registry } from "prom-client"
import type { AgentMeters } from "../agents/index.ts"
import type { Metrics } from "../http/metrics.ts"
import { makeAgentMeters } from "./agent-meters.ts"
import type { Config } from "./config.ts"

/** What this process counts, and who may read it. */
export function makeMetrics({
  metricsToken: token,
  private: isPrivate,
}: Pick<Config, "metricsToken" | "private">): { agents: AgentMeters; served: Metrics | undefined } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: "vibecaas_" })
  const { contentType } = registry
  const served = { contentType, token, read: () => registry.metrics() }
  return { agents: makeAgentMeters(registry), served: token || isPrivate ? served : undefined }
}
