export { makeOfflineModel } from "./offline-model.ts"
export {
  type AgentRole,
  instructionsFor,
  type Plan,
  planningPrompt,
  taskPrompt,
} from "./prompt-format.ts"
