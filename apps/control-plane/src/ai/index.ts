export type { ProjectMonth } from "./ai-parts.ts"
export type { AppModel, AppModels } from "./app-models.ts"
export { renewAiSecret } from "./keys.ts"
export { type Ai, type AiOptions, makeAi } from "./make-ai.ts"
