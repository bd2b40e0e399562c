import { Counter, Histogram, type Registry } from "prom-client"
import type { AgentMeters } from "../agents/index.ts"

const answerLabels = ["role", "provider", "model"] as const
const firstSeconds = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120]

/**
 * Counts what agents do in this process. Labels are bounded: roles are ours, and platform admins
 * alone name providers and models.
 */
export function makeAgentMeters(registry: Registry): AgentMeters {
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `vibecaas_agent_${name}`, help, labelNames, registers })
  const answers = counter("answers_total", "answers that models were asked for", [
    ...answerLabels,
    "ok",
  ])
  const retries = counter("retries_total", "requests made again for the same answer", answerLabels)
  const tokens = counter("output_tokens_total", "tokens that models wrote", answerLabels)
  const seconds = counter(
    "answer_seconds_total",
    "from request to the end of answers",
    answerLabels,
  )
  const dollars = counter("cost_dollars_total", "by list prices", answerLabels)
  const first = new Histogram({
    name: "vibecaas_agent_first_token_seconds",
    help: "from request to the first piece of an answer",
    labelNames: answerLabels,
    buckets: firstSeconds,
    registers,
  })
  const work = counter("tool_seconds_total", "spent in tools and checks", ["role", "kind"])
  const tasks = counter("tasks_total", "tasks that came to an end", ["role", "state"])
  return {
    call(role, { kind, name, ok, durationMs, measured, spent }) {
      if (!measured) return work.inc({ role, kind }, durationMs / 1000)
      const { provider, requests, firstMs, answerMs } = measured
      const labels = { role, provider, model: name }
      answers.inc({ ...labels, ok: String(ok) })
      retries.inc(labels, requests - 1)
      if (firstMs !== null) first.observe(labels, firstMs / 1000)
      if (answerMs !== null) seconds.inc(labels, answerMs / 1000)
      if (spent && !spent.estimated) tokens.inc(labels, spent.output)
      if (spent?.cost) dollars.inc(labels, spent.cost / 1_000_000)
    },
    task: (role, state) => tasks.inc({ role, state }),
  }
}
