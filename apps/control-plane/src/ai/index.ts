export type { ProjectMonth } from "./ai-parts.ts"
export type { AppModel, AppModels } from "./app-models.ts"
export { type Ai, type AiOptions, makeAi } from "./make-ai.ts"
export { renewAiSecret } from "./queries/renew-secret.ts"
