import type { ModelMetrics } from "@vibecaas/contract/model-metrics"

/** How a role and a model did: well. */
export function metrics(given: Partial<ModelMetrics> = {}): ModelMetrics {
  return {
    ...{ role: "backend", provider: "anthropic", model: "claude-sonnet-4-5" },
    ...{ runs: 3, runsSucceeded: 3, tasks: 4, tasksSucceeded: 3, tasksFailed: 1 },
    ...{ answers: 20, unanswered: 1, retries: 2, outputTokens: 9000 },
    ...{ costCents: 31.2, unpriced: 0, firstMsMedian: 820, firstMsSlow: 4200 },
    ...{ tokensPerSecond: 61.4, toolMs: 95_000 },
    ...given,
  }
}
