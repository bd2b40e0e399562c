export { makeAgents } from "./make-agents.ts"
export { makeModels } from "./models/make-models.ts"
export type { Models } from "./models/model.ts"
export { type Budgets, defaultBudgets } from "./work/budget.ts"
