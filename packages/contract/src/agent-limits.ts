import type { MeterDeclaration, QuotaDeclaration } from "./kind.ts"

/** What an organization can have of the work of agents, by its plan. */
export const agentQuotas = {
  concurrent_runs: {
    name: "Runs at a time",
    counted: "runs at the same time",
    limits: { starter: 2, pro: 5, team: 20 },
  },
  attached_kilobytes: {
    name: "Attached files",
    counted: "kB of files that were given to runs",
    limits: { starter: 200_000, pro: 2_000_000, team: 20_000_000 },
  },
  model_microdollars: {
    name: "Answers of models this month",
    counted: "of answers of models a month",
    monthly: ["agent.microdollars"],
    limits: { starter: 50_000_000, pro: 200_000_000, team: 1_000_000_000 },
  },
  model_tokens: {
    name: "Tokens of models this month",
    counted: "of models a month",
    monthly: ["agent.tokens.input", "agent.tokens.output"],
    limits: { starter: 100_000_000, pro: 500_000_000, team: 2_500_000_000 },
  },
  agent_milliseconds: {
    name: "Work of agents this month",
    counted: "of work of agents a month",
    monthly: ["agent.milliseconds"],
    limits: { starter: 360_000_000, pro: 1_800_000_000, team: 9_000_000_000 },
  },
} as const satisfies Record<string, QuotaDeclaration>

/** What an answer of a model takes from its organization's month. */
export const monthlyOfModels = ["model_microdollars", "model_tokens", "agent_milliseconds"] as const

/** What is counted of it. */
export const agentMeters = {
  "agent.tokens.input": { name: "Tokens read by models", unit: "tokens" },
  "agent.tokens.output": { name: "Tokens written by models", unit: "tokens" },
  "agent.microdollars": { name: "Answers of models", unit: "microdollars" },
  "agent.milliseconds": { name: "Agents’ time", unit: "milliseconds" },
} as const satisfies Record<string, MeterDeclaration>
