export const agentRoles = [
  "planning",
  "frontend",
  "backend",
  "ai_feature",
  "testing",
  "integration",
] as const
export type AgentRole = (typeof agentRoles)[number]

export const runStates = [
  "queued",
  "planning",
  "running",
  "succeeded",
  "partly",
  "failed",
  "cancelled",
] as const
export type RunState = (typeof runStates)[number]

export const taskStates = [
  "waiting",
  "running",
  "asking",
  "checking",
  "fixing",
  "succeeded",
  "failed",
  "skipped",
  "cancelled",
] as const
export type TaskState = (typeof taskStates)[number]

/** In which states of a run an action makes sense. */
export const runAllows = {
  cancel: ["queued", "planning", "running"],
  retry: ["failed", "cancelled"],
} as const satisfies Record<string, readonly RunState[]>
