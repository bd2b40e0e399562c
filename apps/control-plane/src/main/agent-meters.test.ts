import { Registry } from "prom-client"
import { expect, test } from "vitest"
import { makeAgentMeters } from "./agent-meters.ts"

const call = {
  ...{ kind: "model" as const, name: "claude-haiku-4-5", tryNumber: 1, callKey: "model-1" },
  ...{ title: "said", ok: true, input: null, output: {}, startedAt: new Date(0) },
  durationMs: 1500,
  measured: { provider: "anthropic", requests: 3, firstMs: 300, answerMs: 1200 },
  spent: {
    ...{ input: 10, cacheRead: 0, cacheWrite: 0, output: 60, cost: 2500 },
    ...{ estimated: false, simulated: false },
  },
}

test("what agents do is told in Prometheus' words, by role, provider and model", async () => {
  const registry = new Registry()
  const meters = makeAgentMeters(registry)
  meters.call("backend", call)
  const { measured: _, spent: __, ...command } = call
  meters.call("backend", { ...command, kind: "tool", name: "run_command" })
  meters.task("backend", "succeeded")
  const text = await registry.metrics()
  const labels = 'role="backend",provider="anthropic",model="claude-haiku-4-5"'
  for (const line of [
    `vibecaas_agent_answers_total{${labels},ok="true"} 1`,
    `vibecaas_agent_retries_total{${labels}} 2`,
    `vibecaas_agent_output_tokens_total{${labels}} 60`,
    `vibecaas_agent_answer_seconds_total{${labels}} 1.2`,
    `vibecaas_agent_cost_dollars_total{${labels}} 0.0025`,
    `vibecaas_agent_first_token_seconds_bucket{le="0.5",${labels}} 1`,
    'vibecaas_agent_tool_seconds_total{role="backend",kind="tool"} 1.5',
    'vibecaas_agent_tasks_total{role="backend",state="succeeded"} 1',
  ])
    expect(text).toContain(line)
})
