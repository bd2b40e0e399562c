export { makeOfflineModel } from "./offline-model.ts"
export {
  type AgentRole,
  agentRoles,
  instructionsFor,
  type Plan,
  type PlannedTask,
  planningPrompt,
  type TaskCheck,
  taskPrompt,
} from "./prompt-format.ts"
